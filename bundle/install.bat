@echo off
rem Installs the dashboard into this folder, without internet.
cd /d "%~dp0"
set PYTHONUTF8=1
chcp 65001 >nul
set PYTHON=python
for %%v in (3.11 3.12 3.13) do py -%%v -c "" >nul 2>nul && set PYTHON=py -%%v
%PYTHON% install.py
if errorlevel 9009 echo Python 3.11, 3.12 or 3.13 is needed: https://www.python.org
pause
