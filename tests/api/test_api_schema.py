"""The running app driven by a tester that knows nothing but the OpenAPI document it serves."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import settings

from tests.e2e.conftest import server
from tests.server import Server

__all__ = ["server"]
