/** What the tests use of Khronos' validator, which comes without types. */
declare module "gltf-validator" {
  export function validateBytes(content: Uint8Array): Promise<{ issues: { messages: object[] } }>;
}
