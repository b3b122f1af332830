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
            return model.HeapBytes + HeapSize.Object(5) + (model.Windows == null ? 0 : HeapSize.Object(8)) + AnalogSampler.MeasureHeap(model.SampledCount) + OutputRules.MeasureHeap(outputs)
                + (model.Bindings.Decisions == null ? 0 : model.Bindings.Decisions.MeasureHeap(outputs))
                + HeapSize.Array(4 * inputs) + HeapSize.Array(4 * outputs) + HeapSize.Array(4 * (inputs + outputs));
        }

        /// <summary>A model while it is loaded: its file, and what it takes or, where that is more, what reading its layers takes.</summary>
        /// <param name="model">The model.</param>
        /// <returns>Bytes of a 32-bit nanoFramework heap: a board that has one fewer free refuses the model.</returns>
        public static int WhileLoading(Model model)
        {
            int running = Of(model);
            int reading = WhileReading(model.Network);
            return HeapSize.Array(model.Length) + (reading > running ? reading : running);
        }

        /// <summary>What is left for the next model and its file.</summary>
        /// <param name="limits">Limits of the board.</param>
        /// <param name="kept">The model that stays in memory meanwhile, or null.</param>
        /// <returns>Bytes; negative when even the model that stays is beyond the limit.</returns>
        public static int Left(ModelLimits limits, Model kept)
        {
            return limits.MaxHeapBytes - (kept == null ? 0 : Of(kept));
        }

        // The most that a reader holds before it puts the network together: layers so far, and the ranges that it follows through one.
        private static int WhileReading(Network network)
        {
            int held = (2 * HeapSize.Array(4 * network.InputCount)) + HeapSize.References(network.LayerCount);
            int most = 0;
            for (int l = 0; l < network.LayerCount; l++)
            {
                DenseLayer layer = network.GetLayer(l);
                held += DenseLayer.HeapBytes(layer.InputCount, layer.NeuronCount, layer.LaneCount) + (BringsTable(network, l) ? ActivationTable.HeapBytes : 0)
                    + (layer.Curve == null ? 0 : ActivationCurve.HeapBytes);
                int now = held + LayerReader.MeasureRanges(layer.InputCount, layer.NeuronCount);
                most = now > most ? now : most;
            }

            return most;
        }

        private static bool BringsTable(Network network, int index)
        {
            ActivationTable table = network.GetLayer(index).Table;
            bool brings = table != null;
            for (int l = 0; brings && l < index; l++)
            {
                brings = network.GetLayer(l).Table != table;
            }

            return brings;
        }
    }
}
