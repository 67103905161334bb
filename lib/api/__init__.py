"""The read-only API under `/api/v1`: what may be asked, how it is answered, and the document that says both.

Resources, parameters and fields are declared once; reading, writing, the OpenAPI document and the
page at `/api` follow from the declarations. Knows nothing of HTTP beyond names: `lib/routes/api.py`
speaks it.
"""

VERSION = "1"
ROOT = "/api/v1"
