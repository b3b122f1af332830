using System;
using NeuralEdge.Board.Link;
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
        private readonly Supervisor _supervisor;
        private readonly ModelLimits _limits;
        private readonly byte[] _factory;
        private readonly ModelSlots _slots;
        private readonly ModelUpload _upload;
        private readonly ModelLoader _loader;
        private readonly ModelSwap _swap;
        private Operation _operation;

        internal ModelUpdates(ControlLoop loop, BoardParts parts, BoardSettings settings, byte[] factoryModel)
        {
            _supervisor = parts.Supervisor;
            _limits = settings.Limits;
            _factory = factoryModel;
            _slots = new ModelSlots(parts.Files, _limits.MaxBytes);
            _upload = new ModelUpload(_slots);
            _loader = new ModelLoader(_slots, _upload, _limits);
            _swap = new ModelSwap(loop, _slots, _loader, _limits, parts.IdleWork, factoryModel);
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

            _swap.LeaveTest();
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
        public RequestStatus Confirm()
        {
            SetRefusal(0, 0);
            RequestStatus status = _upload.Confirm();
            if (status == RequestStatus.Ok)
            {
                _swap.KeepTested();
            }

            return status;
        }

        /// <inheritdoc/>
        public RequestStatus Revert()
        {
            SetRefusal(0, 0);
            RequestStatus status = _upload.Revert();
            if (status != RequestStatus.Ok)
            {
                return status;
            }

            if (_swap.State == ModelState.Test)
            {
                _swap.LeaveTest();
                return RequestStatus.Ok;
            }

            _swap.BeginLoad();
            _operation = Operation.Revert;
            return RequestStatus.Working;
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
                    return _swap.StepLoad() ? End(RequestStatus.Ok) : RequestStatus.Working;

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
            info.Slot = (byte)(state == ModelState.Test ? _upload.Slot : state == ModelState.Confirmed ? _slots.ActiveSlot : LinkProtocol.FactorySlot);
            info.Sequence = state == ModelState.Test ? _upload.Sequence : state == ModelState.Confirmed ? _slots.ActiveSequence : 0;
            info.MaxModelBytes = _limits.MaxBytes;
            info.MaxLayers = _limits.MaxLayers;
            info.MaxWidth = _limits.MaxWidth;
            info.OutputPins = _limits.OutputPins;
            info.AdcChannels = _limits.AdcChannels;
            info.MaxHeapBytes = _limits.MaxHeapBytes;
            info.HeapLeft = _swap.HeapLeft;
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
            return End(RequestStatus.Ok);
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
