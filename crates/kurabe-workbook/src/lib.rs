//! One workbook for people: the published tables as a spreadsheet explains itself.
