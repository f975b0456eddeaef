import type { Translation } from "../messages";

export const tables: Translation<"tables"> = {
  empty: "This file is empty.",
  broken:
    "This file cannot be opened; perhaps it was not saved completely. Please save it again as XLSX or CSV in your spreadsheet program.",
  oldFormat:
    "This is an old .xls workbook, or one with a password, and cannot be read. Please save it as .xlsx (without a password) or CSV.",
  otherFormat:
    "This is neither an XLSX nor a CSV table. Please save it as .xlsx or CSV in your spreadsheet program.",
  tooMuchInside:
    "There is too much inside this file, so it was not read. Please remove what is not table (pictures, empty formatting), or split it into several files.",
  tooManyRows: "At most {most} rows can be read at once. Please split the file.",
  tooBig: "The file is too large: at most {most} MB at once. Please split it, or compress it as a ZIP.",
  quoteOpen:
    "A quotation mark in row {row} has no partner, so what follows cannot be told apart. Please correct it in your spreadsheet program.",
  noHead:
    "No row of column names was found. One row must name the columns: {columns}. Please download the template and follow it.",
  columnTwice: "The column “{column}” appears twice. Please remove one.",
  columnsMissing: "Missing columns ({n}): {columns}. Please download the template and add them.",
  noRows: "There is nothing below the column names.",
  onlyExplained:
    "The file holds only the template’s own explanation and example; nothing has been filled in yet.",
  titleAbove: "The column names are in row {row}; the title above them was not read.",
  explainedRows: "Rows of explanation and example from the template left out: {n}.",
  totalRows: "Rows with totals left out: {n}.",
  columnsNotRead: "These columns were not read: {columns}.",
  oneSheet: "Only the sheet “{sheet}” was read; other sheets were not.",
  hiddenRows: "Rows hidden in the sheet were read too: {n}.",
  hiddenColumns: "Columns hidden in the sheet were read too: {n}.",
  brokenLetter: "This cell holds characters that cannot be read. Please correct it.",
  formulaError: "This cell is a formula whose result is an error.",
  formulaEmpty:
    "This cell is a formula without a stored result. Please open and save the file in your spreadsheet program.",
  digitsLost:
    "The number in this cell is so long that the spreadsheet program has lost its last digits. Please format the cell as text and type it again.",
  merged: "Cells are merged here. Please unmerge them and fill in each one.",
  moreCells:
    "This row has more cells than there are column names; perhaps a comma inside a cell has no quotation marks around it.",
  lookAtLetters: "Are these characters right?",
  otherLetters:
    "This file is not in UTF-8, so it was not simply taken. This is how it reads in other encodings:",
  lettersRight: "Yes, read it like this ({encoding})",
  lettersNote:
    "After choosing, please press “Try it out” once more. If none of them is right, save the file as “CSV UTF-8” or XLSX in your spreadsheet program. Nothing is written until this is settled.",
  encoding_gb18030: "Simplified Chinese GB18030",
  encoding_big5: "Traditional Chinese Big5",
  encoding_utf16le: "UTF-16",
  encoding_utf16be: "UTF-16 (big-endian)",
  wholeFile: "The file was not read; nothing was written.",
  inRow: "Row {row}",
  inColumn: "“{column}”",
  rowsWrong: "Rows with problems: {n}. Nothing was written:",
  more: "{n} more are not listed; correct these and try again.",
  templateTitle: "Template",
  templateLead:
    "The template explains every column and holds one example row. You need not delete them: they are left out when importing.",
  templateXlsx: "Download the template (XLSX)",
  templateCsv: "Download the template (CSV)",
};
