"""Where things are. The only place that reads the environment.

`TONGBAO_DATA` moves the data folder (default: `data/` beside the app).
`TONGBAO_REVIEW=1` makes a second person publish what a first one submitted.
`TONGBAO_DEMO=1` lets made-up figures be published; without it they are refused.
`TONGBAO_QUERY_SECONDS` is how long one query may take (default: 20).
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """The folder that holds `bulletins/`, `lake/` and what people upload."""
    return Path(os.environ.get("TONGBAO_DATA", ROOT / "data")).resolve()


def lake_dir() -> Path:
    """The folder of the released tables; may be copied elsewhere as it is."""
    return data_dir() / "lake"


def bulletins_dir() -> Path:
    """The shipped figures, one folder a period, in the upload templates."""
    return Path(os.environ.get("TONGBAO_BULLETINS", ROOT / "data" / "bulletins")).resolve()


def demo_allowed() -> bool:
    """Whether made-up figures may be published here."""
    return os.environ.get("TONGBAO_DEMO") == "1"


def review_required() -> bool:
    """Whether publishing takes two: 提交 and 复核."""
    return os.environ.get("TONGBAO_REVIEW") == "1"


def query_seconds() -> float:
    """How long one query may take before it is stopped. Raises ValueError where it is no number."""
    return float(os.environ.get("TONGBAO_QUERY_SECONDS", "20"))
