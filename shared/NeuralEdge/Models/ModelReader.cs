using System;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;
using NeuralEdge.Features;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Reads a model file in bounded steps, so that a board can go on inferring while it reads. Everything is
    /// checked before memory is allocated for it; what cannot be trusted is refused with a <see cref="ModelError"/>.
    /// </summary>
    public sealed class ModelReader
    {
        private readonly ModelLimits _limits;
        private readonly SectionTable _sections = new SectionTable();
        private byte[] _file;
        private int _length;
        private NetworkReader _networkReader;
        private GoldenVectors _golden;
        private WindowShape _windows;
        private int _vector;

        /// <summary>Makes a reader that can be used again and again.</summary>
        /// <param name="limits">What the board takes.</param>
        public ModelReader(ModelLimits limits)
        {
            _limits = limits;
            HeapBudget = limits.MaxHeapBytes;
        }

        /// <summary>
        /// Bytes of the heap that the next model may take, the file not counted; what would take more is refused before it
        /// is allocated. At first all that the limits have.
        /// </summary>
        public int HeapBudget { get; set; }

        /// <summary>Why the model was refused, or <see cref="ModelError.None"/>.</summary>
        public ModelError Error { get; private set; }

        /// <summary>Where the error is; its meaning depends on <see cref="Error"/>.</summary>
        public int Where { get; private set; }

        /// <summary>The model once <see cref="Step"/> has returned true without an error, else null.</summary>
        public Model Model { get; private set; }

        /// <summary>Reads a whole file at once.</summary>
        /// <param name="file">Array that begins with the file.</param>
        /// <param name="length">Length of the file in bytes.</param>
        /// <param name="limits">What the board takes.</param>
        /// <param name="error">Why the model was refused.</param>
        /// <param name="where">Where the error is.</param>
        /// <returns>The model, or null.</returns>
        public static Model Read(byte[] file, int length, ModelLimits limits, out ModelError error, out int where)
        {
            ModelReader reader = new ModelReader(limits);
            reader.Start(file, length);
            while (!reader.Step())
            {
            }

            error = reader.Error;
            where = reader.Where;
            return reader.Model;
        }

        /// <summary>Begins to read a file, which must not change until the last step.</summary>
        /// <param name="file">Array that begins with the file.</param>
        /// <param name="length">Length of the file in bytes.</param>
        public void Start(byte[] file, int length)
        {
            _file = file;
            _length = length;
            _networkReader = null;
            _golden = null;
            _windows = null;
            _vector = 0;
            Model = null;
            Error = ModelError.None;
            Where = 0;
        }

        /// <summary>Does a bounded piece of the work: the checksum, one neuron, or one golden vector.</summary>
        /// <returns>True when reading has ended, with a model or with an error.</returns>
        public bool Step()
        {
            if (Error != ModelError.None || Model != null)
            {
                return true;
            }

            try
            {
                if (_networkReader == null)
                {
                    return !Open();
                }

                if (_networkReader.Network == null)
                {
                    if (_networkReader.Step() && _networkReader.Network == null)
                    {
                        return !Fail(_networkReader.Error, _networkReader.Where);
                    }

                    return false;
                }

                return _golden == null ? !OpenGolden() : !ReadGolden();
            }
            catch (OutOfMemoryException)
            {
                // Let go of what was half read before anybody allocates again.
                _networkReader = null;
                _golden = null;
                _windows = null;
                return !Fail(ModelError.OutOfMemory, 0);
            }
        }

        private bool Open()
        {
            if (_length > _limits.MaxBytes)
            {
                return Fail(ModelError.TooLarge, _limits.MaxBytes);
            }

            if (_length < 4 || LittleEndian.ReadUInt32(_file, 0) != ModelFormat.Magic)
            {
                return Fail(ModelError.NotAModel, 0);
            }

            if (_length < ModelFormat.HeaderLength + ModelFormat.TrailerLength)
            {
                return Fail(ModelError.Truncated, 0);
            }

            if (_file[4] < ModelFormat.FirstMajorVersion || _file[4] > ModelFormat.MajorVersion)
            {
                return Fail(ModelError.Version, _file[4]);
            }

            int length = LittleEndian.ReadInt32(_file, 8);
            if (length != _length)
            {
                return Fail(ModelError.Truncated, length);
            }

            int end = _length - ModelFormat.TrailerLength;
            if (Checksum.Crc32(_file, 0, end) != LittleEndian.ReadUInt32(_file, end))
            {
                return Fail(ModelError.Checksum, 0);
            }

            if (LittleEndian.ReadInt32(_file, 12) != 0)
            {
                return Fail(ModelError.BadValue, 12);
            }

            if (!_sections.Find(_file, end))
            {
                return Fail(_sections.Error, _sections.Where);
            }

            _networkReader = new NetworkReader(
                _file,
                _sections.GetOffset(ModelFormat.NetworkSection),
                _sections.GetLength(ModelFormat.NetworkSection),
                _file[4],
                _limits,
                HeapBudget);
            return true;
        }

        private bool OpenGolden()
        {
            Network network = _networkReader.Network;
            int at = _sections.GetOffset(ModelFormat.GoldenSection);
            int length = _sections.GetLength(ModelFormat.GoldenSection);
            if (length < 4)
            {
                return Fail(ModelError.Section, ModelFormat.GoldenSection);
            }

            // A model without a golden vector could not be tested.
            int count = LittleEndian.ReadUInt16(_file, at);
            if (count == 0 || LittleEndian.ReadUInt16(_file, at + 2) != 0)
            {
                return Fail(ModelError.BadValue, at);
            }

            if (length != 4 + (4L * count * (network.InputCount + network.OutputCount)))
            {
                return Fail(ModelError.Section, ModelFormat.GoldenSection);
            }

            int picture = FamiliarityReader.MeasureHeap(
                _file,
                _sections.GetOffset(ModelFormat.FamiliaritySection),
                _sections.GetLength(ModelFormat.FamiliaritySection),
                network.InputCount);
            int tests = 0;
            int windowsAt = _sections.GetOffset(ModelFormat.WindowSection);
            if (windowsAt != 0)
            {
                if (!OpenWindows(windowsAt, _sections.GetLength(ModelFormat.WindowSection), network))
                {
                    return false;
                }

                tests = _file[windowsAt + 4];
            }

            if (Model.MeasureHeap(network, count, _windows, tests) + picture > HeapBudget)
            {
                return Fail(ModelError.TooMuchMemory, HeapBudget);
            }

            _golden = new GoldenVectors(count, network.InputCount, network.OutputCount);
            return true;
        }

        // What the windows need follows from their description, which is small but has to fit beside the network.
        private bool OpenWindows(int at, int length, Network network)
        {
            if (network.HeapBytes + WindowReader.MeasureShape(_file, at, length, network.InputCount) > HeapBudget)
            {
                return Fail(ModelError.TooMuchMemory, HeapBudget);
            }

            _windows = WindowReader.ReadShape(_file, at, length, network.InputCount, out ModelError error, out int where);
            return _windows != null || Fail(error, where);
        }

        private bool ReadGolden()
        {
            Network network = _networkReader.Network;
            int width = network.InputCount + network.OutputCount;
            int at = _sections.GetOffset(ModelFormat.GoldenSection) + 4 + (4 * _vector * width);
            for (int i = 0; i < width; i++)
            {
                int value = LittleEndian.ReadInt32(_file, at);

                // Outside its range an input could make an accumulator overflow.
                if (i < network.InputCount
                    && (value < network.GetInputMinimum(i) || value > network.GetInputMaximum(i)))
                {
                    return Fail(ModelError.BadValue, at);
                }

                _golden.Set(_vector, i, value);
                at += 4;
            }

            _vector++;
            return _vector < _golden.Count || Finish();
        }

        private bool Finish()
        {
            Network network = _networkReader.Network;
            int sampled = _windows == null ? network.InputCount : _windows.Channels.Length;
            Bindings bindings;
            if (_sections.GetOffset(ModelFormat.BindingsSection) == 0)
            {
                bindings = BindingsReader.Empty(sampled, network.OutputCount);
            }
            else
            {
                bindings = BindingsReader.Read(
                    _file,
                    _sections.GetOffset(ModelFormat.BindingsSection),
                    _sections.GetLength(ModelFormat.BindingsSection),
                    _file[4],
                    sampled,
                    network.OutputCount,
                    _limits,
                    out ModelError error,
                    out int where);
                if (bindings == null)
                {
                    return Fail(error, where);
                }
            }

            if (_sections.GetOffset(ModelFormat.SafeguardsSection) != 0)
            {
                Safeguards safeguards = SafeguardsReader.Read(
                    _file,
                    _sections.GetOffset(ModelFormat.SafeguardsSection),
                    _sections.GetLength(ModelFormat.SafeguardsSection),
                    sampled,
                    bindings.Outputs,
                    out ModelError error,
                    out int where);
                if (safeguards == null)
                {
                    return Fail(error, where);
                }

                bindings = new Bindings(bindings.PeriodMs, bindings.Inputs, bindings.Outputs, bindings.SaturationIsFault, safeguards);
            }

            if (_sections.GetOffset(ModelFormat.DecisionsSection) != 0)
            {
                RecentDecisions decisions = RecentDecisionsReader.Read(
                    _file,
                    _sections.GetOffset(ModelFormat.DecisionsSection),
                    _sections.GetLength(ModelFormat.DecisionsSection),
                    network.HasProbabilities,
                    out ModelError error,
                    out int where);
                if (decisions == null)
                {
                    return Fail(error, where);
                }

                bindings = new Bindings(
                    bindings.PeriodMs, bindings.Inputs, bindings.Outputs, bindings.SaturationIsFault, bindings.Safeguards, decisions);
            }

            Familiarity familiarity = null;
            if (_sections.GetOffset(ModelFormat.FamiliaritySection) != 0)
            {
                familiarity = FamiliarityReader.Read(
                    _file,
                    _sections.GetOffset(ModelFormat.FamiliaritySection),
                    _sections.GetLength(ModelFormat.FamiliaritySection),
                    network.InputCount,
                    out ModelError error,
                    out int where);
                if (familiarity == null)
                {
                    return Fail(error, where);
                }
            }

            WindowStage windows = null;
            TestWindows tests = null;
            if (_windows != null)
            {
                tests = WindowReader.ReadTests(
                    _file, _sections.GetOffset(ModelFormat.WindowSection), sampled, network.InputCount, out int where);
                if (tests == null)
                {
                    return Fail(ModelError.BadValue, where);
                }

                windows = new WindowStage(_windows);
            }

            uint digest = LittleEndian.ReadUInt32(_file, _length - ModelFormat.TrailerLength);
            Model = new Model(network, bindings, _golden, _length, digest, familiarity, windows, tests);
            _networkReader = null;
            return false;
        }

        private bool Fail(ModelError error, int where)
        {
            Error = error;
            Where = where;
            return false;
        }
    }
}
