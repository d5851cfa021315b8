"""The tour that ./dev demo gives (tools/demo.py)."""
