using NeuralEdge.Networks.Generated;
using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Chooses the passes of a network and what lies between them, from the shapes, activations and shifts of its layers. It states
    /// the bytes that they take on its way to making them, so that both are of the same plan.
    /// </summary>
    internal sealed class PassPlanner
    {
        private readonly DenseLayer[] _layers;
        private readonly bool _makes;
        private int _heapBytes;
        private Pass _first;
        private Pass _last;

        private PassPlanner(DenseLayer[] layers, bool makes)
        {
            _layers = layers;
            _makes = makes;
        }

        /// <summary>Makes the passes of a network and allocates all that they need.</summary>
        /// <param name="layers">
        /// Layers in order, all neurons set. In the profile fast all have lanes, and all but the last a table.
        /// </param>
        /// <param name="inputs">Inputs of the network, padded as <see cref="KernelSizes.Padded"/> says.</param>
        /// <param name="outputs">Where the outputs of the last layer go.</param>
        /// <returns>The first pass.</returns>
        internal static Pass Make(DenseLayer[] layers, int[] inputs, int[] outputs)
        {
            PassPlanner planner = new PassPlanner(layers, true);
            planner.Plan(inputs, outputs);
            return planner._first;
        }

        /// <summary>Bytes of a board's heap that the passes take with what lies between them and the tables; nothing is made.</summary>
        /// <param name="layers">As for <see cref="Make"/>.</param>
        /// <returns>The bytes, on a 32-bit nanoFramework heap; layers, inputs and outputs not counted.</returns>
        internal static int MeasureHeap(DenseLayer[] layers)
        {
            PassPlanner planner = new PassPlanner(layers, false);
            planner.Plan(null, null);
            return planner._heapBytes;
        }

        private void Plan(int[] inputs, int[] outputs)
        {
            if (_layers[0].LaneCount == 0)
            {
                PlanPacked(inputs, outputs);
            }
            else
            {
                PlanLanes(inputs, outputs);
            }
        }

        // Profiles exact and compact: layers write to two arrays in turn; what stands behind the values a layer reads has weight zero.
        private void PlanPacked(int[] inputs, int[] outputs)
        {
            int widest = Widest();
            int[] values = inputs;
            int[] before = null;
            for (int l = 0; l < _layers.Length; l++)
            {
                int[] results = l == _layers.Length - 1 ? outputs : l < 2 ? NewInts(widest) : before;
                AddPacked(_layers[l], values, results);
                before = values;
                values = results;
            }
        }

        private void AddPacked(DenseLayer layer, int[] values, int[] results)
        {
            WeightRows weights = layer.Weights;
            bool fused = FusesTanh(layer);
            values = AddBlocks(layer, values);
            PackedKernel kernel = null;
            if (_makes)
            {
                kernel = fused ? KernelFactory.Tanh(weights.Size)
                    : layer.NeuronCount == 1 ? KernelFactory.Single(weights.Size)
                    : KernelFactory.Raw(weights.Size);
                kernel.Use(values, weights.Rows, layer.Shifts, results);
            }

            Add(PackedKernel.Fields, kernel);

            if (!fused)
            {
                AddActivation(layer, results);
            }
            else if (layer.Activation == Activation.Sigmoid)
            {
                Add(SigmoidPass.Fields, _makes ? new SigmoidPass(results, layer.NeuronCount) : null);
            }
        }

        // Profile fast: between layers only packed sums are kept.
        private void PlanLanes(int[] inputs, int[] outputs)
        {
            long[] sums = null;
            for (int l = 0; l < _layers.Length; l++)
            {
                long[] results = NewLongs(CountSums(l));
                if (l > 0 && _layers[l].InputCount <= KernelSizes.Widest)
                {
                    AddLookUp(_layers[l], sums, _layers[l - 1].Table, results);
                }
                else
                {
                    AddInput(_layers[l], l == 0 ? inputs : AddLookUpPass(_layers[l - 1], sums), results);
                }

                sums = results;
                if (_layers[l].Table != null && FirstWithTable(_layers[l].Table) == l)
                {
                    _heapBytes += ActivationTable.HeapBytes;
                }
            }

            DenseLayer last = _layers[_layers.Length - 1];
            AddUnpack(last, sums, outputs);
            AddActivation(last, outputs);
        }

        private void AddUnpack(DenseLayer last, long[] sums, int[] outputs)
        {
            bool narrow = last.LaneCount == LaneRows.Narrow;
            if (last.Weights.Count == 1 && (!narrow || last.NeuronCount == LaneRows.Narrow))
            {
                Add(UnpackPass.Fields, _makes ? new UnpackWordPass(sums, narrow, outputs) : null);
            }
            else
            {
                Add(UnpackPass.Fields, _makes ? new UnpackPass(sums, narrow, outputs) : null);
            }
        }

        private void AddLookUp(DenseLayer layer, long[] before, ActivationTable table, long[] sums)
        {
            LookUpKernel kernel = null;
            if (_makes)
            {
                kernel = KernelFactory.LookUp(layer.Weights.Size);
                kernel.Use(before, table.Entries, layer.Weights.Rows, sums);
            }

            Add(LookUpKernel.Fields, kernel);
        }

        private void AddInput(DenseLayer layer, int[] values, long[] sums)
        {
            values = AddBlocks(layer, values);
            InputKernel kernel = null;
            if (_makes)
            {
                kernel = KernelFactory.Input(layer.Weights.Size);
                kernel.Use(values, layer.Weights.Rows, sums);
            }

            Add(InputKernel.Fields, kernel);
        }

        private int[] AddLookUpPass(DenseLayer layer, long[] sums)
        {
            int[] activations = NewInts(layer.NeuronCount);
            Add(LookUpPass.Fields, _makes ? new LookUpPass(sums, layer.Table.Entries, activations) : null);
            return activations;
        }

        /// <summary>Adds what a layer wider than a kernel needs first.</summary>
        /// <returns>What the kernel of its last block reads: for other layers all values.</returns>
        private int[] AddBlocks(DenseLayer layer, int[] values)
        {
            WeightRows weights = layer.Weights;
            if (weights.FullBlocks == 0)
            {
                return values;
            }

            int[] rest = NewInts(weights.Size);
            int[] block = NewInts(KernelSizes.Widest);
            long[] sums = NewLongs(weights.Count);
            _heapBytes += HeapSize.Object(InputKernel.Fields);
            Add(BlockPass.Fields, _makes
                ? new BlockPass(weights, values, layer.InputCount, rest, block, sums, KernelFactory.Input(KernelSizes.Widest))
                : null);
            return rest;
        }

        // Nothing where accumulators are the outputs.
        private void AddActivation(DenseLayer layer, int[] values)
        {
            if (layer.Curve != null)
            {
                Add(CurvePass.Fields, _makes ? new CurvePass(layer.Curve, layer.Shifts, values) : null);
                return;
            }

            if (layer.MeetsCeiling)
            {
                Add(CeilingPass.Fields, _makes ? new CeilingPass(layer.Activation, layer.Slope, layer.Shifts, values) : null);
                return;
            }

            bool plain = layer.Activation == Activation.Linear || layer.Activation == Activation.Softmax;
            sbyte[] shifts = layer.Shifts;
            for (int n = 0; plain && n < shifts.Length; n++)
            {
                plain = shifts[n] == 0;
            }

            if (!plain)
            {
                Add(ActivationPass.Fields, _makes ? new ActivationPass(layer.Activation, layer.Slope, shifts, values) : null);
            }
        }

        // A kernel computes tanh as the sums come, from which sigmoid is made, but only shifts to the right.
        private static bool FusesTanh(DenseLayer layer)
        {
            sbyte[] shifts = layer.Shifts;
            bool fuses = shifts.Length > 1 && (layer.Activation == Activation.Tanh || layer.Activation == Activation.Sigmoid);
            for (int n = 0; fuses && n < shifts.Length; n++)
            {
                fuses = shifts[n] >= 0;
            }

            return fuses;
        }

        /// <summary>Most values any layer but the first reads.</summary>
        private int Widest()
        {
            int widest = 0;
            for (int l = 1; l < _layers.Length; l++)
            {
                int values = KernelSizes.Padded(_layers[l].InputCount);
                widest = values > widest ? values : widest;
            }

            return widest;
        }

        /// <summary>Words for a layer's sums: as many as it has rows, or as the next kernel reads.</summary>
        private int CountSums(int l)
        {
            int rows = _layers[l].Weights.Count;
            int read = l == _layers.Length - 1 ? 0 : LaneRows.CountWords(KernelSizes.Padded(_layers[l].NeuronCount), LaneRows.Narrow);
            return read > rows ? read : rows;
        }

        private int FirstWithTable(ActivationTable table)
        {
            int l = 0;
            while (_layers[l].Table != table)
            {
                l++;
            }

            return l;
        }

        private int[] NewInts(int count)
        {
            _heapBytes += HeapSize.Array(4 * count);
            return _makes ? new int[count] : null;
        }

        private long[] NewLongs(int count)
        {
            _heapBytes += HeapSize.Array(8 * count);
            return _makes ? new long[count] : null;
        }

        // Counts a pass, and puts it behind the others when it is made.
        private void Add(int fields, Pass pass)
        {
            _heapBytes += HeapSize.Object(fields);
            if (_last == null)
            {
                _first = pass;
            }
            else
            {
                _last.Next = pass;
            }

            _last = pass;
        }
    }
}
