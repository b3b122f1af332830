using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// What models take of a board's heap. Board and PC count alike, so that the PC can say before an upload what the board
    /// would say after it.
    /// </summary>
    public static class ModelMemory
    {
        /// <summary>A model with everything that runs it: network, golden vectors, sampling, rules and a question of the host.</summary>
        /// <param name="model">The model.</param>
        /// <returns>Bytes of a 32-bit nanoFramework heap.</returns>
        public static int Of(Model model)
        {
            Network network = model.Network;
            int inputs = network.InputCount;
            int outputs = network.OutputCount;
            return model.HeapBytes + HeapSize.Object(4) + AnalogSampler.MeasureHeap(inputs) + OutputRules.MeasureHeap(outputs)
                + HeapSize.Array(4 * inputs) + HeapSize.Array(4 * outputs) + HeapSize.Array(4 * (inputs + outputs));
        }

        /// <summary>A model while it is loaded: what it takes, and its file.</summary>
        /// <param name="model">The model.</param>
        /// <returns>Bytes of a 32-bit nanoFramework heap.</returns>
        public static int WhileLoading(Model model)
        {
            return Of(model) + HeapSize.Array(model.Length);
        }

        /// <summary>What is left for the next model and its file.</summary>
        /// <param name="limits">Limits of the board.</param>
        /// <param name="kept">The model that stays in memory meanwhile, or null.</param>
        /// <returns>Bytes; negative when even the model that stays is beyond the limit.</returns>
        public static int Left(ModelLimits limits, Model kept)
        {
            return limits.MaxHeapBytes - (kept == null ? 0 : Of(kept));
        }
    }
}
