using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Uploads, tests, confirms and takes back models, as a host asks for it. What takes long is done in pieces by
    /// <see cref="Poll"/>, between inferences.
    /// </summary>
    internal sealed class ModelUpdates : IModelUpdates, IInfoSource
    {
        // After the end of a test that could not be written: flash is not to be worn out by trying.
        private const long RetryMicroseconds = 60000000;

        private readonly ControlLoop _loop;
        private readonly IBoardClock _clock;
        private readonly BoardSettings _settings;
        private readonly Supervisor _supervisor;
        private readonly ModelLimits _limits;
        private readonly byte[] _factory;
        private readonly ModelSlots _slots;
        private readonly ModelUpload _upload;
        private readonly ModelLoader _loader;
        private readonly ModelSwap _swap;
        private readonly ModelRevert _revert;
        private readonly ModelGuard _guard;
        private Operation _operation;
        private long _testEnds;
        private uint _endedTests;

        internal ModelUpdates(ControlLoop loop, BoardParts parts, BoardSettings settings, byte[] factoryModel, ModelGuard guard)
        {
            _loop = loop;
            _clock = parts.Clock;
            _settings = settings;
            _supervisor = parts.Supervisor;
            _limits = settings.Limits;
            _factory = factoryModel;
            _slots = new ModelSlots(parts.Files, _limits.MaxBytes);
            _upload = new ModelUpload(_slots);
            _guard = guard;
            _loader = new ModelLoader(_slots, _upload, _limits, guard, settings.Chip);
            _swap = new ModelSwap(loop, _slots, _loader, _limits, parts.IdleWork, factoryModel);
            _revert = new ModelRevert(loop, _slots, _upload, _loader, _swap);
        }

        private enum Operation
        {
            None,
            Check,
            Commit,
            Revert,
        }

        /// <inheritdoc/>
        public int UploadOffset
        {
            get { return _upload.Received; }
        }

        /// <inheritdoc/>
        public uint UploadCheck
        {
            get { return _upload.PrefixCheck; }
        }

        /// <inheritdoc/>
        public int RefusalCode { get; private set; }

        /// <inheritdoc/>
        public int RefusalWhere { get; private set; }

        /// <inheritdoc/>
        public RequestStatus Begin(int length, uint digest)
        {
            SetRefusal(0, 0);
            RequestStatus status = _upload.Begin(length, digest);
            if (status == RequestStatus.BadLength)
            {
                SetRefusal(0, _limits.MaxBytes);
                return status;
            }

            if (_upload.State != UploadState.Testing)
            {
                _swap.LeaveTest();
            }

            if (status != RequestStatus.Ok || _upload.State != UploadState.Checking)
            {
                return status;
            }

            _operation = Operation.Check;
            return RequestStatus.Working;
        }

        /// <inheritdoc/>
        public RequestStatus Append(int position, byte[] data, int offset, int count)
        {
            SetRefusal(0, 0);
            return _upload.Append(position, data, offset, count);
        }

        /// <inheritdoc/>
        public RequestStatus Commit()
        {
            SetRefusal(0, 0);
            RequestStatus status = _upload.CheckComplete();
            if (status != RequestStatus.Ok)
            {
                SetRefusal(0, status == RequestStatus.Incomplete ? _upload.Received : 0);
                return status;
            }

            _loader.StartUpload(_swap.HeapLeft);
            _operation = Operation.Commit;
            return RequestStatus.Working;
        }

        /// <inheritdoc/>
        public RequestStatus Confirm(uint sequence, uint digest, bool anyway)
        {
            if (!Runs(sequence, digest))
            {
                return RequestStatus.WrongModel;
            }

            if (_upload.State != UploadState.Testing || _loop.Model == null)
            {
                return RequestStatus.NothingToConfirm;
            }

            if (!anyway && _loop.PlausiblePeriods < _settings.ConfirmAfterPeriods)
            {
                int input = _loop.FirstBad;
                bool isBad = input != AnalogSampler.NoFault;
                SetRefusal(!isBad ? 0 : _loop.IsInputFrozen ? InfoReply.Frozen : InfoReply.Implausible, isBad ? input : _loop.PlausiblePeriods);
                return RequestStatus.NotYet;
            }

            RequestStatus status = _guard.Confirm();
            if (status == RequestStatus.Ok)
            {
                status = _upload.Confirm();
            }

            if (status == RequestStatus.Ok)
            {
                _swap.KeepTested();
            }

            return status;
        }

        /// <inheritdoc/>
        public RequestStatus Revert(uint sequence, uint digest)
        {
            if (!Runs(sequence, digest))
            {
                return RequestStatus.WrongModel;
            }

            if (_swap.State == ModelState.Confirmed)
            {
                _revert.Begin();
                _operation = Operation.Revert;
                return RequestStatus.Working;
            }

            RequestStatus status = _upload.Revert();
            if (status == RequestStatus.Ok)
            {
                _swap.LeaveTest();
                if (_loop.Model == null)
                {
                    // As at the start, before the test: no other model can run.
                    return EndRevert(RequestStatus.ModelRefused);
                }
            }

            return status;
        }

        /// <inheritdoc/>
        public RequestStatus Abort()
        {
            SetRefusal(0, 0);
            if (_upload.State != UploadState.Testing)
            {
                _upload.Discard();
            }

            return RequestStatus.Ok;
        }

        /// <inheritdoc/>
        public RequestStatus Poll()
        {
            switch (_operation)
            {
                case Operation.Check:
                    return _upload.StepCheck() ? End(RequestStatus.Ok) : RequestStatus.Working;

                case Operation.Commit:
                    return _loader.Step() ? EndCommit() : RequestStatus.Working;

                case Operation.Revert:
                    RequestStatus status = _revert.Step();
                    return status == RequestStatus.Working ? status : EndRevert(status);

                default:
                    return RequestStatus.Ok;
            }
        }

        /// <inheritdoc/>
        public void Cancel()
        {
            if (_operation == Operation.Check || _operation == Operation.Commit)
            {
                End(RequestStatus.Ok);
            }
        }

        /// <inheritdoc/>
        public int ReadModel(int position, byte[] buffer, int offset, int count)
        {
            if (_swap.State == ModelState.Test)
            {
                return _upload.Read(position, buffer, offset, count);
            }

            if (_swap.State == ModelState.Confirmed)
            {
                return _slots.ReadActive(position, buffer, offset, count);
            }

            if (position >= _factory.Length)
            {
                return 0;
            }

            if (count > _factory.Length - position)
            {
                count = _factory.Length - position;
            }

            Array.Copy(_factory, position, buffer, offset, count);
            return count;
        }

        /// <inheritdoc/>
        public void Report(BoardInfo info)
        {
            ModelState state = _swap.State;
            info.State = state;
            info.TestLeftMs = GetTestLeft();
            info.EndedTests = _endedTests;
            info.Slot = (byte)(state == ModelState.Test ? _upload.Slot : state == ModelState.Confirmed ? _slots.ActiveSlot : LinkProtocol.FactorySlot);
            info.Sequence = GetSequence();
            info.MaxModelBytes = _limits.MaxBytes;
            info.MaxLayers = _limits.MaxLayers;
            info.MaxWidth = _limits.MaxWidth;
            info.OutputPins = _limits.OutputPins;
            info.AdcChannels = _limits.AdcChannels;
            info.SensorCount = (byte)_limits.Sensors;
            info.MaxHeapBytes = _limits.MaxHeapBytes;
            info.HeapLeft = _swap.HeapLeft;
            bool isArriving = _upload.State == UploadState.Checking || _upload.State == UploadState.Receiving;
            info.UploadLength = isArriving ? _upload.Length : 0;
            info.UploadReceived = isArriving ? _upload.Received : 0;
            info.UploadDigest = isArriving ? _upload.Digest : 0;
        }

        /// <summary>
        /// Ends a test that nobody has confirmed in time: the confirmed model runs again. If a confirmation that failed cannot be
        /// taken back, no model runs and the outputs are safe until it can.
        /// </summary>
        internal void EndTestInTime()
        {
            if (_swap.State != ModelState.Test || _settings.TestMs == 0 || _clock.Microseconds < _testEnds)
            {
                return;
            }

            if (_loop.Model != null)
            {
                _endedTests++;
            }

            if (_upload.Revert() == RequestStatus.Ok)
            {
                _swap.LeaveTest();
                return;
            }

            _loop.Stop();
            _testEnds = _clock.Microseconds + RetryMicroseconds;
        }

        /// <summary>Puts the confirmed model to work, or whatever else is left; with none at all the outputs stay safe.</summary>
        internal void Start()
        {
            _slots.Start();
            _swap.BeginLoad();
            while (!_swap.StepLoad())
            {
                _supervisor.Beat();
            }
        }

        /// <summary>After loading the upload: it runs in test, or is refused and deleted.</summary>
        private RequestStatus EndCommit()
        {
            if (_loader.ReadFailed)
            {
                return End(RequestStatus.StorageFailed);
            }

            if (_loader.IsForeign)
            {
                _upload.Discard();
                return End(RequestStatus.NotAuthorised);
            }

            Model model = _loader.Model;
            if (model == null)
            {
                return Refuse(_loader.Error, _loader.Where);
            }

            // A host that announced another digest than the file has would store it under a wrong name.
            if (model.Digest != _upload.Digest)
            {
                return Refuse(ModelError.Checksum, 0);
            }

            if (!_swap.StartTest(model))
            {
                return Refuse(ModelError.OutOfMemory, 0);
            }

            _upload.SetTesting();

            // A slow model must be given the time to become worth confirming.
            long allowed = _settings.TestMs * 1000L;
            long needed = 2 * model.PeriodsOf(_settings.ConfirmAfterPeriods) * _loop.Period;
            _testEnds = _clock.Microseconds + (allowed > needed ? allowed : needed);
            return End(RequestStatus.Ok);
        }

        private RequestStatus EndRevert(RequestStatus status)
        {
            if (status == RequestStatus.ModelRefused)
            {
                SetRefusal((int)_swap.Error, _swap.Where);
            }

            return End(status);
        }

        /// <summary>Whether a decision is about the model that runs; if not, the refusal says which one does.</summary>
        private bool Runs(uint sequence, uint digest)
        {
            bool runs = sequence == GetSequence() && digest == _loop.ModelDigest;
            SetRefusal(runs ? 0 : (int)_swap.State, runs ? 0 : (int)GetSequence());
            return runs;
        }

        private uint GetSequence()
        {
            return _swap.State == ModelState.Test ? _upload.Sequence : _swap.State == ModelState.Confirmed ? _slots.ActiveSequence : 0;
        }

        private uint GetTestLeft()
        {
            if (_swap.State != ModelState.Test || _settings.TestMs == 0)
            {
                return 0;
            }

            long left = (_testEnds - _clock.Microseconds) / 1000;
            return left < 1 ? 1 : left < uint.MaxValue ? (uint)left : uint.MaxValue;
        }

        private RequestStatus Refuse(ModelError error, int where)
        {
            SetRefusal((int)error, where);
            _upload.Discard();
            return End(RequestStatus.ModelRefused);
        }

        private RequestStatus End(RequestStatus status)
        {
            _operation = Operation.None;
            _loader.Clear();
            return status;
        }

        private void SetRefusal(int code, int where)
        {
            RefusalCode = code;
            RefusalWhere = where;
        }
    }
}
