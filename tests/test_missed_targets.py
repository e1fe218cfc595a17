"""Changes against a target or a named year in the clauses of one passage: 改造 204 户，比计划 210 户少 6 户."""

import pytest


def failed(result):
    return {(finding.rule, finding.stated) for finding in result.findings}


TRUE = (
    "全年改造危房204户，比计划210户少6户。",
    "实际支出612.40万元，比预算580.00万元多32.40万元。",
    "护林员到岗30人，比编制25人多5人，其中女性12人。",
    "小麦亩均产量由2022年的410公斤提高到2023年的451公斤，亩均增产41公斤，增长10%。",
    "三年共安排1,281.80万元，其中2021年400.00万元、2022年430.00万元、2023年451.80万元。2022年比2021年增长7.50%。",
    "2021年收入400.00万元，支出390.00万元；2022年收入430.00万元，支出401.70万元。2022年比2021年增长3.00%。",
    "2021年400.00万元、2022年430.00万元。接待人次2022年比2021年增长12.00%。",
    "防汛物资储备年初预算260.00万元，决算428.75万元，超出168.75万元，完成年初预算的164.90%。",
)


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_is_silent(check, text):
    assert failed(check(f"一、概况\n\n{text}\n")) == set()


@pytest.mark.parametrize(
    ("text", "right", "wrong", "found"),
    [
        (TRUE[0], "少6户", "少9户", ("GRW002", "9")),
        (TRUE[1], "多32.40", "多23.40", ("GRW002", "23.40")),
        (TRUE[3], "增产41公斤", "增产14公斤", ("GRW002", "14")),
        (TRUE[3], "增长10%", "增长11%", ("GRW001", "11%")),
        (TRUE[4], "增长7.50%", "增长5.70%", ("GRW001", "5.70%")),
        (TRUE[7], "164.90%", "146.90%", ("PCT002", "146.90%")),
    ],
)
def test_what_does_not_is_found(check, text, right, wrong, found):
    assert right in text
    assert found in failed(check(f"一、概况\n\n{text.replace(right, wrong)}\n"))
