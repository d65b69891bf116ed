#!/bin/sh
# Installs the dashboard into this folder, without internet.
cd "$(dirname "$0")" || exit 1
for python in python3.13 python3.12 python3.11 python3; do
    if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        exec "$python" install.py
    fi
done
echo "需要带 venv 的 Python 3.11、3.12 或 3.13 (Debian: apt install python3.11-venv)。"
echo "Python 3.11, 3.12 or 3.13 with venv is needed (Debian: apt install python3.11-venv)."
exit 1
