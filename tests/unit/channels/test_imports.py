"""A channel that is not used costs nothing: its module is imported with its first message."""

import subprocess
import sys

import pytest

from creditcurve.channels import Kind

CODE = """
import sys
import creditcurve.app, creditcurve.api.routes
import pytest
creditcurve.api.routes.contract()
print(*sys.modules)
"""


@pytest.mark.slow
def test_a_start_imports_no_channel_and_no_mail_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60
    )
    imported = set(done.stdout.split())
    assert "creditcurve.channels.http" in imported
    channels = {f"creditcurve.channels.{kind.value}" for kind in Kind}
    assert not imported & (channels | {"smtplib", "email.mime", "apprise"})
