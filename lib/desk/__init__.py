"""The reporting desk: what 数据上报 and 快照版本 show. Knows Streamlit, holds no rules."""
