"""Serves the dashboard: ``streamlit run app.py`` (VINTAGES names another folder)."""

import os
from pathlib import Path

import streamlit as st

VINTAGES = Path(os.environ.get("VINTAGES", Path(__file__).parent / "data" / "vintages"))

if __name__ == "__main__":  # as Streamlit runs it, once for every change on a reader's screen
    from dashboard.ui.frame import frame

    frame(VINTAGES)
else:  # as the server imports it, once
    from starlette.middleware import Middleware

    from dashboard.ui.server import Lean, failed, warmed

    app = st.App(__file__, lifespan=warmed, middleware=[Middleware(Lean)], on_script_error=failed)
