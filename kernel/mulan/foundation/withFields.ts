/**
 * A base class whose objects have the fields of `Data` as they are given, so that a result's fields are listed once, in
 * the interface that says what they are.
 */
export function withFields<Data extends object>(): new (data: Data) => Readonly<Data> {
  class WithFields {
    constructor(data: Data) {
      Object.assign(this, data);
    }
  }
  return WithFields as new (
    data: Data,
  ) => Readonly<Data>;
}
