/** This package's version, told to the server; a test holds it to package.json. */
export const VERSION = '0.1.0';
