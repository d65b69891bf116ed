"""One choice, one chart, one table: streamlit run bare_streamlit.py -- DATABASE INDICATOR AREAS."""

from __future__ import annotations

import sys

import duckdb
import plotly.express as px
import streamlit as st

from benchmarks.peers import PERIODS, SERIES

database, indicator, areas = sys.argv[1:]


@st.cache_resource
def connect() -> duckdb.DuckDBPyConnection:
    """Open the database once."""
    return duckdb.connect(database, read_only=True)


con = connect().cursor()
periods = [period for (period,) in con.execute(PERIODS, [indicator]).fetchall()]
st.title("趋势")
first = st.selectbox("第一个季度", periods)
frame = con.execute(SERIES, [indicator, areas.split(","), first]).df()
st.plotly_chart(px.line(frame, x="time_period", y="obs_value", color="name", markers=True))
st.dataframe(frame)
