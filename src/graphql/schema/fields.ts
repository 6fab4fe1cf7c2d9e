/** The fields of an object type, whoever made the object. */
export type Fields<T> = Pick<T, keyof T>;
