/** `npm start`. */
export const start = {
  placeholder: '',
};
