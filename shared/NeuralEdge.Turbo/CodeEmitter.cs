using NeuralEdge.Networks;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Writes the code of a network from its verified weights, a chunk at a time: no loop, no branch, each weight a constant.
    /// </summary>
    /// <remarks>
    /// <para>A word of three neurons costs four instructions: push the constant, push the value, multiply, add. The sum stays
    /// on the stack. What an interpreter spends is the number of instructions, so the code is arranged to have few:</para>
    /// <para>The first row of a layer takes each value at the moment it is looked up, and is on the stack below the row that the
    /// value comes from; only layers with more rows keep the value in a local besides. A row's topmost lane needs no mask, since
    /// nothing is above it. A row of one neuron is summed up in 32 bits. Sums of outputs carry an offset only in lanes that have a
    /// lane above them (so that those borrow nothing), and the topmost lane is stored as it is.</para>
    /// <para>Three habits of the platform are counted on, and the comparison with the planned passes would show it if they were others: an
    /// index is the lower half of the value on the stack, whatever its type; an operation has the type of its left operand; and a
    /// stored element is the lower half of the value. Compilers for C# would write a conversion, which does nothing here.</para>
    /// </remarks>
    internal sealed class CodeEmitter
    {
        private const int LaneOffset = ActivationTable.AccumulatorLimit;
        private const int LaneMask = (2 * LaneOffset) - 1;

        private readonly Network _network;
        private readonly CodePlan _plan;
        private readonly CodeShape _shape;
        private Phase _phase;
        private int _layer;
        private int _row;
        private int _at;

        /// <summary>Begins with the code of a network.</summary>
        /// <param name="network">A network of the profile fast.</param>
        /// <param name="plan">A plan for networks of its shape that is not refused.</param>
        internal CodeEmitter(Network network, CodePlan plan)
        {
            _network = network;
            _plan = plan;
            _shape = plan.Shape;
        }

        private enum Phase
        {
            Start,
            Inputs,
            Arrays,
            Words,
            End,
            Done,
        }

        /// <summary>Fills a chunk.</summary>
        /// <param name="chunk">Where the next part of the code goes; empty.</param>
        /// <returns>True when the code is complete.</returns>
        internal bool Fill(CodeChunk chunk)
        {
            while (_phase != Phase.Done && !chunk.IsFull)
            {
                Step(chunk);
            }

            return _phase == Phase.Done;
        }

        private void Step(CodeChunk code)
        {
            switch (_phase)
            {
                case Phase.Start:
                    code.AddField(ImageHead.InputsField);
                    code.AddStore(_plan.ValuesLocal);
                    BeginFirstRow(code, 0);
                    _phase = Phase.Inputs;
                    break;

                case Phase.Inputs:
                    AddConstant(code, 0, 0, _at);
                    code.AddLocal(_plan.ValuesLocal);
                    code.AddInt(_at);
                    code.Add(Opcode.LoadIntElement);
                    if (!_shape.IsInt(0, 0))
                    {
                        code.Add(Opcode.ConvertToLong);
                    }

                    Take(code, 0, _at);
                    _at++;
                    if (_at == _shape.GetInputs(0))
                    {
                        EndInputs();
                    }

                    break;

                case Phase.Arrays:
                    FetchArray(code);
                    break;

                case Phase.Words:
                    AddProducts(code);
                    break;

                case Phase.End:
                    EndRow(code);
                    break;
            }
        }

        // Tables behind the first get locals. Outputs and first table take the places of the inputs, which are read, and of the
        // object, which is needed no more.
        private void FetchArray(CodeChunk code)
        {
            _at--;
            if (_at > 0)
            {
                code.AddField(ImageHead.OtherTablesField);
                code.AddInt(_at - 1);
                code.Add(Opcode.LoadArrayElement);
                code.AddStore(_plan.GetTableLocal(_at));
                return;
            }

            code.AddField(ImageHead.OutputsField);
            code.AddStore(_plan.ValuesLocal);
            code.AddField(ImageHead.FirstTableField);
            code.AddStoreArgument(CodePlan.TableArgument);
            _phase = Phase.End;
        }

        private void EndInputs()
        {
            bool hasTables = _shape.LayerCount > 1;
            _at = hasTables ? _shape.TableCount : 0;
            _phase = hasTables ? Phase.Arrays : Phase.End;
        }

        // Most of the code is this.
        private void AddProducts(CodeChunk code)
        {
            LaneRows lanes = _network.GetLayer(_layer).Lanes;
            bool isInt = _shape.IsInt(_layer, _row);
            int local = _plan.GetLocal(_layer, 0);
            int count = _shape.GetInputs(_layer);
            int row = _row;
            int at = _at;
            while (at < count && !code.IsFull)
            {
                code.AddProduct(lanes.GetWord(row, at), isInt, local + at);
                at++;
            }

            _at = at;
            if (at == count)
            {
                _phase = Phase.End;
            }
        }

        // The row's sum is on the stack.
        private void EndRow(CodeChunk code)
        {
            if (_shape.IsLast(_layer))
            {
                Store(code);
            }
            else
            {
                LookUp(code);
            }

            _row++;
            if (_row < _shape.GetRows(_layer))
            {
                BeginRow(code);
                _at = 0;
                _phase = Phase.Words;
                return;
            }

            // The first row of the next layer has taken all its values by now, and stays in this phase.
            _row = 0;
            _layer++;
            if (_layer == _shape.LayerCount)
            {
                code.Add(Opcode.Return);
                _phase = Phase.Done;
            }
        }

        // What the sum's end will need below the sum, then where the sum starts.
        private void BeginRow(CodeChunk code)
        {
            if (_shape.IsLast(_layer))
            {
                AddTarget(code, _row, _shape.GetNeuronsOfRow(_layer, _row) - 1);
            }
            else
            {
                AddConstant(code, _layer + 1, 0, _shape.GetLanes(_layer) * _row);
                AddTable(code);
            }

            AddStart(code, _layer, _row);
        }

        private void BeginFirstRow(CodeChunk code, int layer)
        {
            if (_shape.IsLast(layer))
            {
                AddTarget(code, 0, _shape.GetNeuronsOfRow(layer, 0) - 1);
            }

            AddStart(code, layer, 0);
        }

        // Looks up the activations of a row's neurons and hands each to the next layer's first row.
        private void LookUp(CodeChunk code)
        {
            int neurons = _shape.GetNeuronsOfRow(_layer, _row);
            int first = _shape.GetLanes(_layer) * _row;
            bool isInt = _shape.IsInt(_layer, _row);
            if (_row == 0)
            {
                code.AddStore(CodePlan.SumLocal);
                BeginFirstRow(code, _layer + 1);
            }
            else if (!isInt)
            {
                code.Add(Opcode.Duplicate);
                code.AddStore(CodePlan.SumLocal);
            }

            for (int k = 0; k < neurons; k++)
            {
                if (k > 0 || _row == 0)
                {
                    AddConstant(code, _layer + 1, 0, first + k);
                    AddTable(code);
                    code.AddLocal(CodePlan.SumLocal);
                }

                code.AddInt((LaneRows.NarrowBits * k) + ActivationTable.IndexShift);
                code.Add(Opcode.ShiftRightUnsigned);
                if (k < neurons - 1)
                {
                    code.AddLongInt(ActivationTable.Count - 1);
                    code.Add(Opcode.And);
                }

                code.Add(Opcode.LoadLongElement);
                Take(code, _layer + 1, first + k);
            }
        }

        // Stores the accumulators of a row of the last layer.
        private void Store(CodeChunk code)
        {
            int neurons = _shape.GetNeuronsOfRow(_layer, _row);
            int bits = _shape.GetBits(_layer);
            if (neurons > 1)
            {
                code.Add(Opcode.Duplicate);
                code.AddStore(CodePlan.SumLocal);
                code.AddInt(bits * (neurons - 1));
                code.Add(Opcode.ShiftRight);
            }

            code.Add(Opcode.StoreIntElement);
            for (int k = neurons - 2; k >= 0; k--)
            {
                AddTarget(code, _row, k);
                code.AddLocal(CodePlan.SumLocal);
                if (k > 0)
                {
                    code.AddInt(bits * k);
                    code.Add(Opcode.ShiftRight);
                }

                if (bits == LaneRows.NarrowBits)
                {
                    code.AddLongInt(LaneMask);
                    code.Add(Opcode.And);
                    code.AddLongInt(LaneOffset);
                    code.Add(Opcode.Subtract);
                }
                else
                {
                    code.AddLongInt(int.MinValue);
                    code.Add(Opcode.Xor);
                }

                code.Add(Opcode.StoreIntElement);
            }
        }

        // The value on top belongs to a layer's first row, whose constant is below it; other rows will want it from its local.
        private void Take(CodeChunk code, int layer, int input)
        {
            if (_plan.KeepsInputs(layer))
            {
                code.Add(Opcode.Duplicate);
                code.AddStore(_plan.GetLocal(layer, input));
            }

            code.Add(Opcode.Multiply);
            code.Add(Opcode.Add);
        }

        private void AddTable(CodeChunk code)
        {
            int table = _shape.GetTable(_layer);
            if (table == 0)
            {
                code.AddArgument(CodePlan.TableArgument);
            }
            else
            {
                code.AddLocal(_plan.GetTableLocal(table));
            }
        }

        private void AddTarget(CodeChunk code, int row, int lane)
        {
            if (_shape.LayerCount > 1)
            {
                code.AddLocal(_plan.ValuesLocal);
            }
            else
            {
                code.AddField(ImageHead.OutputsField);
            }

            code.AddInt((_shape.GetLanes(_shape.LayerCount - 1) * row) + lane);
        }

        private void AddConstant(CodeChunk code, int layer, int row, int input)
        {
            code.AddConstant(_network.GetLayer(layer).Lanes.GetWord(row, input), _shape.IsInt(layer, row));
        }

        // Biases, and in each lane half of what it holds; not in the topmost lane of outputs.
        private void AddStart(CodeChunk code, int layer, int row)
        {
            DenseLayer neurons = _network.GetLayer(layer);
            int bits = _shape.GetBits(layer);
            int count = _shape.GetNeuronsOfRow(layer, row);
            bool last = _shape.IsLast(layer);
            long start = 0;
            for (int k = 0; k < count; k++)
            {
                long bias = neurons.GetBias((_shape.GetLanes(layer) * row) + k);
                long offset = last && k == count - 1 ? 0 : 1L << (bits - 1);
                start += (bias + offset) << (bits * k);
            }

            code.AddConstant(start, _shape.IsInt(layer, row));
        }
    }
}
