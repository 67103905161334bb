"""The values of rows as JSON has them, and as a cell of a CSV has them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """A value, or rows of them, as JSON can hold it: numbers as numbers, dates as ISO 8601."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case dt.date():
            return value.isoformat()
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
    return value


def cell(value: Any) -> str:
    """A value as text, digit for digit; empty where it is missing, JSON where it is a list or names values."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case bool() | dict() | list() | tuple():
            return json.dumps(plain(value), ensure_ascii=False)
    return str(plain(value))
