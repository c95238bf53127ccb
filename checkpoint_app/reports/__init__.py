"""The shift log as XLSX, CSV and PDF: written whole or not at all, signed with the laptop's key, noted in the journal."""

from checkpoint_app.reports.export import FORMATS, Exported, Format, export_shift, free_path, suggested_name
from checkpoint_app.reports.seal import ExportSeal, check_export

__all__ = ["FORMATS", "ExportSeal", "Exported", "Format", "check_export", "export_shift", "free_path", "suggested_name"]
