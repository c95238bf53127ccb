"""The shift log as XLSX, CSV and PDF, each with a detached signature."""
