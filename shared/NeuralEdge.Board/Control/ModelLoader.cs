using System;
using NeuralEdge.Board.Security;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// From bytes in flash to a model that has passed its golden vectors, in bounded steps: read a block, read a
    /// neuron, or run a vector.
    /// </summary>
    internal sealed class ModelLoader
    {
        private const int ReadBlock = 256;

        private readonly ModelSlots _slots;
        private readonly ModelUpload _upload;
        private readonly ModelReader _reader;
        private readonly ModelGuard _guard;
        private readonly string _chip;

        private byte[] _file;
        private int _slot;
        private int _budget;
        private int _length;
        private int _loaded;
        private bool _reading;
        private bool _isUpload;
        private bool _isFactory;
        private GoldenTest _test;

        internal ModelLoader(ModelSlots slots, ModelUpload upload, ModelLimits limits, ModelGuard guard = null, string chip = "")
        {
            _chip = chip;
            _guard = guard;
            _slots = slots;
            _upload = upload;
            _reader = new ModelReader(limits);
        }

        /// <summary>The tested model after the last step, null when it was refused.</summary>
        internal Model Model { get; private set; }

        /// <summary>Why it was refused.</summary>
        internal ModelError Error { get; private set; }

        /// <summary>Where, as the error has it.</summary>
        internal int Where { get; private set; }

        /// <summary>True when the flash gave fewer bytes than it holds: the model may be good.</summary>
        internal bool ReadFailed { get; private set; }

        /// <summary>True when it is not signed for this board, and was not even looked at.</summary>
        internal bool IsForeign { get; private set; }

        /// <summary>True when it was refused for want of memory: with fewer models beside it, it may fit.</summary>
        internal bool IsShortOfMemory
        {
            get { return Error == ModelError.TooMuchMemory || Error == ModelError.OutOfMemory; }
        }

        /// <summary>Begins with the upload.</summary>
        /// <param name="budget">Bytes of the heap that the file and the model may take together.</param>
        internal void StartUpload(int budget)
        {
            Start(null, _upload.Length, budget);
            _slot = ModelSlots.Factory;
            _isUpload = true;
        }

        /// <summary>Begins with a confirmed model.</summary>
        /// <param name="slot">Its slot, 0 or 1.</param>
        /// <param name="budget">Bytes of the heap that the file and the model may take together.</param>
        internal void StartConfirmed(int slot, int budget)
        {
            Start(null, _slots.GetConfirmedLength(slot), budget);
            _slot = slot;
        }

        /// <summary>Begins with the factory model.</summary>
        /// <param name="file">Its file.</param>
        /// <param name="budget">Bytes of the heap the model may take; its file takes none.</param>
        internal void StartFactory(byte[] file, int budget)
        {
            Start(file, file.Length, budget);
            _loaded = file.Length;
            _isFactory = true;
        }

        /// <summary>Does one piece of the work.</summary>
        /// <returns>True when it is finished, one way or the other.</returns>
        internal bool Step()
        {
            if (_file == null)
            {
                return !Open();
            }

            if (_loaded < _length)
            {
                return !ReadMore();
            }

            if (!_reading)
            {
                if (_isUpload && _guard != null && !_guard.Accepts(_file))
                {
                    IsForeign = true;
                    return Finish();
                }

                _reader.Start(_file, _length);
                _reading = true;
                return false;
            }

            if (_test == null)
            {
                if (_reader.Step())
                {
                    if (_reader.Model == null)
                    {
                        return Refuse(_reader.Error, _reader.Where);
                    }

                    // The reader has counted the model; what runs it comes on top.
                    if (ModelMemory.Of(_reader.Model) > _budget)
                    {
                        return Refuse(ModelError.TooMuchMemory, _budget);
                    }

                    // The firmware's own model is wired to what every chip has.
                    if (!_isFactory && !ModelChip.Suits(_reader.Model, _file, _chip))
                    {
                        return Refuse(ModelError.Chip, 0);
                    }

                    return !StartTest();
                }

                return false;
            }

            if (!_test.Step())
            {
                return false;
            }

            if (!_test.Passed)
            {
                return Refuse(ModelError.Golden, _test.FailedVector);
            }

            Model = _reader.Model;
            return Finish();
        }

        /// <summary>Forgets everything, so that the memory is free.</summary>
        internal void Clear()
        {
            Start(null, 0, 0);
        }

        private void Start(byte[] file, int length, int budget)
        {
            _file = file;
            _length = length;
            _loaded = 0;
            _reading = false;
            _test = null;
            Model = null;
            Error = ModelError.None;
            Where = 0;
            ReadFailed = false;
            IsForeign = false;
            _isUpload = false;
            _isFactory = false;
            _reader.Start(null, 0);
            _reader.HeapBudget = budget;
            _budget = budget;
        }

        /// <summary>Makes room for the file.</summary>
        private bool Open()
        {
            if (HeapSize.Array(_length) > _budget)
            {
                return !Refuse(ModelError.TooMuchMemory, _budget);
            }

            try
            {
                _file = new byte[_length];
            }
            catch (OutOfMemoryException)
            {
                return !Refuse(ModelError.OutOfMemory, 0);
            }

            _budget -= HeapSize.Array(_length);
            _reader.HeapBudget = _budget;
            return true;
        }

        private bool StartTest()
        {
            try
            {
                _test = new GoldenTest(_reader.Model);
                return true;
            }
            catch (OutOfMemoryException)
            {
                return !Refuse(ModelError.OutOfMemory, 0);
            }
        }

        private bool ReadMore()
        {
            int count = _length - _loaded;
            if (count > ReadBlock)
            {
                count = ReadBlock;
            }

            int read = _slot == ModelSlots.Factory
                ? _upload.Read(_loaded, _file, _loaded, count)
                : _slots.ReadConfirmed(_slot, _loaded, _file, _loaded, count);
            _loaded += read;
            if (read == count)
            {
                return true;
            }

            ReadFailed = true;
            return !Refuse(ModelError.Truncated, _loaded);
        }

        private bool Refuse(ModelError error, int where)
        {
            Error = error;
            Where = where;
            return Finish();
        }

        private bool Finish()
        {
            _test = null;
            _file = null;
            _reader.Start(null, 0);
            return true;
        }
    }
}
