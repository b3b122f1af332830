using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// A compact picture of the inputs that a model was trained on, and whether a row is like them: each input within its range,
    /// and all of them together near one of a few prototypes. The distance is that of Mahalanobis, with the covariance within the
    /// clusters that the prototypes stand for. FORMAT.md, section 3.3, is the specification. Nothing is allocated after construction.
    /// </summary>
    public sealed class Familiarity
    {
        /// <summary>Most inputs: with more, looking at a row would cost more than it may.</summary>
        public const int MaxInputs = 32;

        /// <summary>Most prototypes.</summary>
        public const int MaxPrototypes = 16;

        /// <summary>Largest magnitude of a whitened value, in sixteenths of a standard deviation: 32 squares of twice as much fit 32 bits.</summary>
        public const int MaxWhitened = 4095;

        /// <summary>Largest shift of an input's scale.</summary>
        public const int MaxScaleShift = 47;

        /// <summary>Largest shift of a row of the matrix.</summary>
        public const int MaxRowShift = 15;

        private const int Fields = 13;

        // Three rows of the matrix in the lanes of one number, as the profile fast has its neurons: 32 products of two signed bytes
        // are at most 2^19, and half a lane more keeps every lane above 0.
        private const int Lanes = 3;
        private const int LaneBits = 21;
        private const long LaneMask = (1L << LaneBits) - 1;
        private const int LaneHalf = 1 << (LaneBits - 1);
        private const long LaneStart = LaneHalf + ((long)LaneHalf << LaneBits) + ((long)LaneHalf << (2 * LaneBits));

        private readonly long[] _centres;
        private readonly long[] _multipliers;
        private readonly sbyte[] _scaleShifts;
        private readonly sbyte[] _lowest;
        private readonly sbyte[] _highest;
        private readonly sbyte[] _rowShifts;
        private readonly long[] _rows;
        private readonly short[] _prototypes;
        private readonly int _threshold;
        private readonly bool _isDoubt;
        private readonly long[] _deviations;
        private readonly int[] _whitened;

        // Where the prototype begins that the last familiar row was near: the next row is likely to be near it too.
        private int _nearest;

        /// <summary>Takes a picture that the reader has checked.</summary>
        /// <param name="centres">Raw value in the middle of each input.</param>
        /// <param name="multipliers">Scale of each input: sixteenths of a standard deviation for a raw step, times 2^shift, 0..65535.</param>
        /// <param name="scaleShifts">The shift of each scale, 0..47.</param>
        /// <param name="lowest">Smallest familiar deviation of each input, in sixteenths.</param>
        /// <param name="highest">Largest familiar deviation of each input, in sixteenths.</param>
        /// <param name="matrix">Rows of the lower triangle, one after the other: n (n + 1) / 2.</param>
        /// <param name="rowShifts">The shift of each row, 0..15.</param>
        /// <param name="prototypes">Whitened values of each prototype, one prototype after the other.</param>
        /// <param name="threshold">Largest familiar squared distance, in sixteenths squared.</param>
        /// <param name="isDoubt">True when outputs go safe while inputs are unfamiliar.</param>
        internal Familiarity(
            long[] centres,
            long[] multipliers,
            sbyte[] scaleShifts,
            sbyte[] lowest,
            sbyte[] highest,
            sbyte[] matrix,
            sbyte[] rowShifts,
            short[] prototypes,
            int threshold,
            bool isDoubt)
        {
            _centres = centres;
            _multipliers = multipliers;
            _scaleShifts = scaleShifts;
            _lowest = lowest;
            _highest = highest;
            _threshold = threshold;
            _isDoubt = isDoubt;
            int groups = GroupsOf(centres.Length);
            _rows = Pack(matrix, centres.Length, groups);
            _rowShifts = new sbyte[Lanes * groups];
            for (int i = 0; i < rowShifts.Length; i++)
            {
                _rowShifts[i] = rowShifts[i];
            }

            _prototypes = Pad(prototypes, centres.Length, Lanes * groups);
            _deviations = new long[Lanes * groups];
            _whitened = new int[Lanes * groups];
        }

        /// <summary>True when outputs go safe while inputs are unfamiliar.</summary>
        public bool IsDoubt
        {
            get { return _isDoubt; }
        }

        /// <summary>Bytes of a board's heap that a picture takes.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="prototypes">Number of prototypes.</param>
        /// <returns>The bytes.</returns>
        internal static int MeasureHeap(int inputs, int prototypes)
        {
            int groups = GroupsOf(inputs);
            return HeapSize.Object(Fields) + (2 * HeapSize.Array(8 * inputs)) + (3 * HeapSize.Array(inputs)) + HeapSize.Array(12 * groups * (groups + 1))
                + HeapSize.Array(3 * groups) + HeapSize.Array(24 * groups) + HeapSize.Array(12 * groups) + HeapSize.Array(6 * prototypes * groups);
        }

        /// <summary>Number of prototypes.</summary>
        internal int PrototypeCount
        {
            get { return _prototypes.Length / _whitened.Length; }
        }

        /// <summary>Bytes of a 32-bit nanoFramework heap that this picture takes.</summary>
        public int HeapBytes
        {
            get { return MeasureHeap(_centres.Length, PrototypeCount); }
        }

        /// <summary>Whether a row of inputs is like those of the training.</summary>
        /// <param name="raw">Raw inputs as they were sampled, not limited to the ranges of the network.</param>
        /// <returns>False when an input is outside its range, or all of them together are far from every prototype.</returns>
        public bool IsFamiliar(int[] raw)
        {
            if (!Scale(raw))
            {
                return false;
            }

            int threshold = _threshold;
            if (Whiten() <= threshold)
            {
                return true;
            }

            int[] whitened = _whitened;
            short[] prototypes = _prototypes;
            int begin = 0;
            while (begin < prototypes.Length)
            {
                // A sum of squares that is above the threshold stays above it.
                int distance = 0;
                for (int i = 0; i < whitened.Length && distance <= threshold; i++)
                {
                    int d = whitened[i] - prototypes[begin + i];
                    distance += d * d;
                }

                if (distance <= threshold)
                {
                    _nearest = begin;
                    return true;
                }

                begin += whitened.Length;
            }

            return false;
        }

        /// <summary>A whitened value of the last row that was looked at; of a row with all inputs in their ranges only.</summary>
        /// <param name="row">Row of the matrix.</param>
        /// <returns>The value in sixteenths, up to <see cref="MaxWhitened"/> in magnitude.</returns>
        internal int GetWhitened(int row)
        {
            return _whitened[row];
        }

        // Whatever the raw value is: the difference has 33 bits, the product 49. What is out of the range is not used.
        private bool Scale(int[] raw)
        {
            long[] centres = _centres;
            long[] multipliers = _multipliers;
            sbyte[] shifts = _scaleShifts;
            sbyte[] lowest = _lowest;
            sbyte[] highest = _highest;
            long[] deviations = _deviations;
            for (int i = 0; i < centres.Length; i++)
            {
                long deviation = ((raw[i] - centres[i]) * multipliers[i]) >> shifts[i];
                if (deviation < lowest[i] || deviation > highest[i])
                {
                    return false;
                }

                deviations[i] = deviation;
            }

            return true;
        }

        // Whitens the deviations. Returns the squared distance to the prototype that the last familiar row was near. The rows of the
        // matrix keep whitened values to MaxWhitened.
        private int Whiten()
        {
            long[] rows = _rows;
            long[] deviations = _deviations;
            int[] whitened = _whitened;
            sbyte[] shifts = _rowShifts;
            short[] prototypes = _prototypes;
            int prototype = _nearest;
            int distance = 0;
            int at = 0;
            int columns = 0;
            for (int row = 0; row < whitened.Length; row += Lanes)
            {
                columns += Lanes;
                long sum = LaneStart;
                for (int j = 0; j < columns; j += Lanes)
                {
                    sum += (rows[at] * deviations[j]) + (rows[at + 1] * deviations[j + 1]) + (rows[at + 2] * deviations[j + 2]);
                    at += Lanes;
                }

                int value = ((int)(sum & LaneMask) - LaneHalf) >> shifts[row];
                whitened[row] = value;
                value -= prototypes[prototype];
                distance += value * value;
                value = ((int)((sum >> LaneBits) & LaneMask) - LaneHalf) >> shifts[row + 1];
                whitened[row + 1] = value;
                value -= prototypes[prototype + 1];
                distance += value * value;
                value = ((int)(sum >> (2 * LaneBits)) - LaneHalf) >> shifts[row + 2];
                whitened[row + 2] = value;
                value -= prototypes[prototype + 2];
                distance += value * value;
                prototype += Lanes;
            }

            return distance;
        }

        private static int GroupsOf(int inputs)
        {
            return (inputs + Lanes - 1) / Lanes;
        }

        // Zeros behind each prototype, as behind whitened values.
        private static short[] Pad(short[] prototypes, int inputs, int width)
        {
            short[] padded = new short[prototypes.Length / inputs * width];
            for (int v = 0; v < prototypes.Length; v++)
            {
                padded[(v / inputs * width) + (v % inputs)] = prototypes[v];
            }

            return padded;
        }

        // Three rows in each number, a number for each column that one of them has; columns that there are not are 0.
        private static long[] Pack(sbyte[] matrix, int inputs, int groups)
        {
            long[] packed = new long[Lanes * groups * (groups + 1) / 2];
            int from = 0;
            int to = 0;
            for (int row = 0; row < inputs; row++)
            {
                int lane = row % Lanes;
                for (int j = 0; j <= row; j++)
                {
                    packed[to + j] += (long)matrix[from++] << (lane * LaneBits);
                }

                to += lane == Lanes - 1 ? row + 1 : 0;
            }

            return packed;
        }
    }
}
