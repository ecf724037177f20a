"""Texts of problems in the terminal."""

from creditcurve.cli.messages.problems import PROBLEMS, problem_text
from creditcurve.domain.fault import FaultCode


def test_each_fault_code_has_a_chinese_text() -> None:
    assert all(code in PROBLEMS or f"upstream_{code}" in PROBLEMS for code in FaultCode)


def test_a_problem_without_a_text_is_shown_by_its_detail() -> None:
    assert problem_text("something_new", "A detail.") == ("A detail.", "A detail.")


def test_a_fault_of_the_link_has_the_text_of_its_problem() -> None:
    assert problem_text("timeout", "").zh == PROBLEMS["upstream_timeout"]
