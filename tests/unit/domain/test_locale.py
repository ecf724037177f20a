"""The language of an environment follows the order of POSIX."""

import pytest

from creditcurve.domain.locale import is_chinese


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_first_variable_that_is_set_decides(
    environment: dict[str, str], expected: bool
) -> None:
    assert is_chinese(environment) is expected
