using NeuralEdge.Networks;

namespace NeuralEdge.Turbo
{
    /// <summary>Counts the bytes that <see cref="CodeEmitter"/> will write, layer by layer and without looking at a weight.</summary>
    internal sealed class CodeSize
    {
        private const int LongConstant = 9;
        private const int IntConstant = 5;
        private const int Field = 4;
        private const int Argument = 2;

        private readonly CodePlan _plan;
        private readonly CodeShape _shape;

        /// <summary>Counts.</summary>
        /// <param name="plan">A plan that knows its shape and its locals.</param>
        internal CodeSize(CodePlan plan)
        {
            _plan = plan;
            _shape = plan.Shape;
            Bytes = OfFirstSteps() + 1;
            for (int l = 0; l < _shape.LayerCount; l++)
            {
                int rows = _shape.GetRows(l);
                int locals = OfLocals(l);
                for (int r = 0; r < rows; r++)
                {
                    Bytes += OfSum(l, r, locals) + (_shape.IsLast(l) ? OfOutputs(l, r) : OfLookUps(l, r));
                }
            }
        }

        /// <summary>Bytes of the code.</summary>
        internal int Bytes { get; private set; }

        /// <summary>Bytes of the instruction that pushes or pops a local.</summary>
        /// <param name="local">Which local.</param>
        private static int OfLocal(int local)
        {
            return local < 4 ? 1 : 2;
        }

        /// <summary>Bytes of the instruction that pushes an int that is no weight.</summary>
        /// <param name="value">The int, 0 or more.</param>
        private static int OfInt(int value)
        {
            return value <= 8 ? 1 : value <= 127 ? 2 : IntConstant;
        }

        // The arrays, and what reads the raw inputs.
        private int OfFirstSteps()
        {
            int values = OfLocal(_plan.ValuesLocal);
            int bytes = Field + values + (_shape.LayerCount > 1 ? Field + values + Field + Argument : 0);
            for (int t = 1; t < _shape.TableCount; t++)
            {
                bytes += Field + OfInt(t - 1) + 1 + OfLocal(_plan.GetTableLocal(t));
            }

            for (int i = 0; i < _shape.GetInputs(0); i++)
            {
                bytes += values + OfInt(i) + (_shape.IsInt(0, 0) ? 1 : 2);
            }

            return bytes;
        }

        private int OfTarget()
        {
            return _shape.LayerCount > 1 ? OfLocal(_plan.ValuesLocal) : Field;
        }

        private int OfTable(int layer)
        {
            int table = _shape.GetTable(layer);
            return table == 0 ? 1 : OfLocal(_plan.GetTableLocal(table));
        }

        // Pushing each input of a layer from its local once, or popping it there.
        private int OfLocals(int layer)
        {
            int bytes = 0;
            if (_plan.KeepsInputs(layer))
            {
                int first = _plan.GetLocal(layer, 0);
                int end = first + _shape.GetInputs(layer);
                for (int local = first; local < end && local < 4; local++)
                {
                    bytes -= OfLocal(4) - OfLocal(local);
                }

                bytes += OfLocal(4) * _shape.GetInputs(layer);
            }

            return bytes;
        }

        // The first row takes a value as it comes, and keeps a copy where there are more rows.
        private int OfSum(int layer, int row, int locals)
        {
            int inputs = _shape.GetInputs(layer);
            int constant = _shape.IsInt(layer, row) ? IntConstant : LongConstant;
            int copies = row == 0 && _plan.KeepsInputs(layer) ? inputs : 0;
            return constant + (inputs * (constant + 2)) + locals + copies;
        }

        private int OfLookUps(int layer, int row)
        {
            int neurons = _shape.GetNeuronsOfRow(layer, row);
            bool isInt = _shape.IsInt(layer, row);
            int bytes = isInt ? 0 : OfLocal(CodePlan.SumLocal) * (neurons + 1);
            bytes += row > 0 && !isInt ? 1 - OfLocal(CodePlan.SumLocal) : 0;
            for (int k = 0; k < neurons; k++)
            {
                int mask = k < neurons - 1 ? IntConstant + 1 : 0;
                bytes += OfTable(layer) + OfInt((LaneRows.NarrowBits * k) + ActivationTable.IndexShift) + 2 + mask;
            }

            return bytes;
        }

        private int OfOutputs(int layer, int row)
        {
            int neurons = _shape.GetNeuronsOfRow(layer, row);
            int bits = _shape.GetBits(layer);
            int bytes = 0;
            for (int k = 0; k < neurons; k++)
            {
                bytes += OfTarget() + OfInt((_shape.GetLanes(layer) * row) + k) + 1;
                if (k < neurons - 1)
                {
                    bytes += OfLocal(CodePlan.SumLocal) + (bits == LaneRows.NarrowBits ? 2 * (IntConstant + 1) : IntConstant + 1);
                }

                bytes += k > 0 ? OfInt(bits * k) + 1 : 0;
            }

            return neurons > 1 ? bytes + 1 + OfLocal(CodePlan.SumLocal) : bytes;
        }
    }
}
