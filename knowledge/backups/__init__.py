"""A whole database as one file, while it is being used, and back."""

from knowledge.backups.refusing import BackupError
from knowledge.backups.restoring import Restored, restore
from knowledge.backups.saving import backup

__all__ = ["BackupError", "Restored", "backup", "restore"]
