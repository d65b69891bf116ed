"""The commands of python -m dashboard.exports, a module each."""
