/** A port of which some methods are replaced. */
export function withMethods<Port extends object>(port: Port, methods: Partial<Port>): Port {
  return new Proxy(port, {
    get: (target, name): unknown => {
      const own: unknown = Reflect.get(methods, name)
      const member: unknown = own ?? Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
