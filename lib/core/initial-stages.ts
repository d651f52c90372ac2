import type { StageStates } from './lifecycle.ts';

/** The stages of a document that no one has worked on. */
export const initialStages: StageStates = {
  ocr_extraction: { status: 'pending', progress: 0 },
  account_splitting: { status: 'pending', progress: 0 },
  page_analysis: { status: 'pending', progress: 0 },
  llm_extraction: { status: 'pending', progress: 0 },
};
