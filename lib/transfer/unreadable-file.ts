import { AppError } from '#lib/shared/app-error.ts';

const words = {
  damaged: 'The file is damaged or not complete. Save it again and choose it once more.',
  too_large: 'The file is too large for a product list. Split it and start a run for each part.',
  not_a_list: 'The file is neither text nor an Excel workbook. Save the list as CSV or .xlsx.',
  not_a_workbook: 'The file is not an Excel workbook. Save the list as CSV or .xlsx.',
  old_or_protected:
    'The workbook is in the format of before 2007 (.xls), or protected by a password. Save it as .xlsx without one.',
  empty: 'The first sheet of the workbook is empty.',
  no_titles: 'No column of the first sheet holds titles. Name it “title” in the first row.',
} as const;

export type FileProblem = keyof typeof words;

/** Why a chosen file cannot be used, in words for the person who chose it. */
export function unreadableFile(reason: FileProblem): AppError {
  return new AppError('unreadable_file', { message: words[reason], details: { reason } });
}
