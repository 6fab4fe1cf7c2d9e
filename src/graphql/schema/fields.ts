/** The public fields of an object type, for any object that has them. */
export type Fields<T> = Pick<T, keyof T>;
