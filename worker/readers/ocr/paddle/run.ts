import { type InferenceSession, Tensor } from 'onnxruntime-node';

/** Runs a model of one input and one output. */
export async function run(
  model: InferenceSession,
  input: Float32Array,
  shape: readonly number[],
): Promise<{ data: Float32Array; dims: readonly number[] }> {
  const [inputName = '', outputName = ''] = [model.inputNames[0], model.outputNames[0]];
  const output = (await model.run({ [inputName]: new Tensor('float32', input, shape) }))[outputName];
  if (!(output?.data instanceof Float32Array)) throw new Error('The model gave no numbers');
  return { data: output.data, dims: output.dims };
}
