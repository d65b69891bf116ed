@echo off
rem Loads what is there to load if nothing was loaded yet, and opens the dashboard.
cd /d "%~dp0"
set PYTHONUTF8=1
chcp 65001 >nul
if not exist data\vintages\current .venv\Scripts\python -m etl load
.venv\Scripts\python -m streamlit run app.py --server.headless=false
pause
