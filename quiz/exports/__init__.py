"""Questions for other programs: GIFT for Moodle, CSV for tables, .apkg for Anki. No Django."""
