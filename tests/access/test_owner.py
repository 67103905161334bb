"""The command line is for whoever owns the data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lib.access.owner import check_owner
from lib.access.roles import DeniedError


def test_the_owner_and_an_empty_machine_go_on(tmp_path: Path) -> None:
    check_owner(tmp_path)
    check_owner(tmp_path / "none")


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="takes root to be another account"
)
def test_another_account_is_refused(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:  # the other account
        said = 0
        try:
            os.setuid(65534)
            check_owner(tmp_path)
        except DeniedError:
            said = 7
        finally:
            os._exit(said)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
