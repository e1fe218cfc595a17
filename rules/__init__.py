"""Rules for performance-evaluation reports: a plug-in of checker like any other."""

RULES: tuple[object, ...] = ()
