// Replaces the framework's schema compilers in the bundle: the server passes its own, which refuse schemas.
module.exports = () => {
  throw new Error("the bundle does not contain the framework's schema compilers");
};
