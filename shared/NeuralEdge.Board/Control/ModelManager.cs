using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Which model runs: at the start the confirmed one, after an upload the one in test, after a revert the one
    /// before. What takes long is done in pieces by <see cref="Poll"/>, between inferences.
    /// </summary>
    internal sealed class ModelManager
    {
        private readonly ControlLoop _loop;
        private readonly Supervisor _supervisor;
        private readonly ModelStore _store;
        private readonly ModelLoader _loader;
        private readonly ModelLimits _limits;
        private readonly byte[] _factory;
        private readonly IIdleWork _idleWork;
        private Operation _operation;

        // While a model is in test, the one to go back to stays in memory: going back must not depend on flash.
        private Model _confirmed;
        private ModelState _confirmedState;

        internal ModelManager(ControlLoop loop, BoardParts parts, BoardSettings settings, byte[] factoryModel)
        {
            _idleWork = parts.IdleWork;
            _loop = loop;
            _supervisor = parts.Supervisor;
            _limits = settings.Limits;
            _store = new ModelStore(parts.Files, settings.Limits.MaxBytes);
            _loader = new ModelLoader(_store, settings.Limits);
            _factory = factoryModel;
        }

        private enum Operation
        {
            None,
            Check,
            Commit,
            Revert,
        }

        /// <summary>Which kind of model runs.</summary>
        internal ModelState State { get; private set; }

        /// <summary>ModelError of the last refusal.</summary>
        internal int RefusalCode { get; private set; }

        /// <summary>Where of the last refusal.</summary>
        internal int RefusalWhere { get; private set; }

        /// <summary>Slot of the running model.</summary>
        internal int Slot
        {
            get
            {
                return State == ModelState.Test ? _store.UploadSlot
                    : State == ModelState.Confirmed ? _store.ActiveSlot
                    : LinkProtocol.FactorySlot;
            }
        }

        /// <summary>Upload number of the running model.</summary>
        internal uint Sequence
        {
            get
            {
                return State == ModelState.Test ? _store.UploadSequence
                    : State == ModelState.Confirmed ? _store.ActiveSequence
                    : 0;
            }
        }

        /// <summary>Bytes of the heap that the next upload may take.</summary>
        internal int HeapLeft
        {
            get { return ModelMemory.Left(_limits, State == ModelState.Test ? _confirmed : _loop.Model); }
        }

        internal int UploadOffset
        {
            get { return _store.ReceivedLength; }
        }

        internal uint UploadCheck
        {
            get { return _store.PrefixCheck; }
        }

        /// <summary>Puts the confirmed model to work, or whatever else is left; with none at all the outputs stay safe.</summary>
        internal void Start()
        {
            _store.Start();
            LoadActive();
            while (!_loader.Step() || !PutToWork())
            {
                _supervisor.Beat();
            }
        }

        internal LinkStatus Begin(int length, uint digest)
        {
            SetRefusal(0, 0);
            StoreResult result = _store.Begin(length, digest);
            if (result == StoreResult.BadLength)
            {
                SetRefusal(0, _limits.MaxBytes);
                return LinkStatus.BadLength;
            }

            LeaveTest();
            if (result != StoreResult.Ok)
            {
                return LinkStatus.StorageFailed;
            }

            if (_store.State != StoreState.Checking)
            {
                return LinkStatus.Ok;
            }

            _operation = Operation.Check;
            return LinkStatus.Working;
        }

        internal LinkStatus Append(int position, byte[] data, int offset, int count)
        {
            SetRefusal(0, 0);
            switch (_store.Append(position, data, offset, count))
            {
                case StoreResult.Ok:
                    return LinkStatus.Ok;
                case StoreResult.NoUpload:
                    return LinkStatus.NoUpload;
                case StoreResult.BadLength:
                    return LinkStatus.BadRequest;
                default:
                    return LinkStatus.StorageFailed;
            }
        }

        internal LinkStatus Commit()
        {
            SetRefusal(0, 0);
            if (_store.State != StoreState.Receiving)
            {
                return LinkStatus.NoUpload;
            }

            if (_store.ReceivedLength != _store.UploadLength)
            {
                SetRefusal(0, _store.ReceivedLength);
                return LinkStatus.Incomplete;
            }

            _loader.StartUpload(ModelMemory.Left(_limits, _loop.Model));
            _operation = Operation.Commit;
            return LinkStatus.Working;
        }

        internal LinkStatus Confirm()
        {
            SetRefusal(0, 0);
            switch (_store.Confirm())
            {
                case StoreResult.Ok:
                    _confirmed = null;
                    State = ModelState.Confirmed;
                    return LinkStatus.Ok;
                case StoreResult.NoUpload:
                    return LinkStatus.NothingToConfirm;
                default:
                    return LinkStatus.StorageFailed;
            }
        }

        internal LinkStatus Revert()
        {
            SetRefusal(0, 0);
            switch (_store.Revert())
            {
                case StoreResult.Ok:
                    break;
                case StoreResult.Nothing:
                    return LinkStatus.NothingToRevert;
                default:
                    return LinkStatus.StorageFailed;
            }

            if (State == ModelState.Test)
            {
                LeaveTest();
                return LinkStatus.Ok;
            }

            LoadActive();
            _operation = Operation.Revert;
            return LinkStatus.Working;
        }

        internal LinkStatus Abort()
        {
            SetRefusal(0, 0);
            if (_store.State != StoreState.Testing)
            {
                _store.Discard();
            }

            return LinkStatus.Ok;
        }

        internal void Cancel()
        {
            if (_operation == Operation.Check || _operation == Operation.Commit)
            {
                _operation = Operation.None;
                _loader.Clear();
            }
        }

        /// <summary>One piece of the operation at work.</summary>
        internal LinkStatus Poll()
        {
            switch (_operation)
            {
                case Operation.Check:
                    return _store.StepCheck() ? End(LinkStatus.Ok) : LinkStatus.Working;

                case Operation.Commit:
                    return _loader.Step() ? EndCommit() : LinkStatus.Working;

                case Operation.Revert:
                    return _loader.Step() && PutToWork() ? End(LinkStatus.Ok) : LinkStatus.Working;

                default:
                    return LinkStatus.Ok;
            }
        }

        /// <summary>Reads bytes of the running model's file.</summary>
        internal int ReadModel(int position, byte[] buffer, int offset, int count)
        {
            if (State == ModelState.Test)
            {
                return _store.ReadUpload(position, buffer, offset, count);
            }

            if (State == ModelState.Confirmed)
            {
                return _store.ReadActive(position, buffer, offset, count);
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

        private void LoadActive()
        {
            int budget = ModelMemory.Left(_limits, _loop.Model);
            if (_store.ActiveSlot == ModelStore.Factory)
            {
                _loader.StartFactory(_factory, budget);
            }
            else
            {
                _loader.StartActive(budget);
            }
        }

        /// <summary>After loading: the model to work, or on to the next one that might do.</summary>
        /// <returns>True when there is nothing more to load.</returns>
        private bool PutToWork()
        {
            if (_loader.Model == null)
            {
                _loop.Note(FaultCode.Model, (int)_loader.Error);
                if (_store.ActiveSlot == ModelStore.Factory)
                {
                    // Without any model the board still answers, so that it can be given one.
                    return true;
                }

                _store.SkipActive();
                LoadActive();
                return false;
            }

            _loop.Use(_loader.Model);
            State = _store.ActiveSlot == ModelStore.Factory ? ModelState.Factory : ModelState.Confirmed;
            _loader.Clear();
            return true;
        }

        private LinkStatus EndCommit()
        {
            if (_loader.ReadFailed)
            {
                return End(LinkStatus.StorageFailed);
            }

            if (_loader.Model == null)
            {
                return Refuse(_loader.Error, _loader.Where);
            }

            // A host that announced another digest than the file has would store it under a wrong name.
            if (_loader.Model.Digest != _store.UploadDigest)
            {
                return Refuse(ModelError.Checksum, 0);
            }

            Model before = _loop.Model;
            try
            {
                _loop.Use(_loader.Model);
            }
            catch (OutOfMemoryException)
            {
                return Refuse(ModelError.OutOfMemory, 0);
            }

            if (_idleWork != null)
            {
                _idleWork.ModelChanged();
            }

            _store.SetTesting();
            _confirmed = before;
            _confirmedState = State;
            State = ModelState.Test;
            return End(LinkStatus.Ok);
        }

        private LinkStatus Refuse(ModelError error, int where)
        {
            SetRefusal((int)error, where);
            _store.Discard();
            return End(LinkStatus.ModelRefused);
        }

        private LinkStatus End(LinkStatus status)
        {
            _operation = Operation.None;
            _loader.Clear();
            return status;
        }

        private void LeaveTest()
        {
            if (State != ModelState.Test)
            {
                return;
            }

            Model back = _confirmed;
            _confirmed = null;
            State = _confirmedState;
            if (back == null)
            {
                _loop.Stop();
                return;
            }

            try
            {
                _loop.Use(back);
            }
            catch (OutOfMemoryException)
            {
                // Not the model in test, whatever happens: the outputs stay safe until a model is loaded again.
                _loop.Stop();
                _loop.Note(FaultCode.Model, (int)ModelError.OutOfMemory);
            }
        }

        private void SetRefusal(int code, int where)
        {
            RefusalCode = code;
            RefusalWhere = where;
        }
    }
}
