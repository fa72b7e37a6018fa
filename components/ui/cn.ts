import { clsx } from 'clsx';

/**
 * Class names joined. Which of two for the same property counts is decided by the style sheet, not by their order: none may
 * be given beside another (`undoneClasses` of the screen tests looks for such).
 */
export const cn = clsx;
