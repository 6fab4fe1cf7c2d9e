export const defaultFirst = 20;
export const maxPageItems = 1000;
