using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Takes back a confirmed model, in bounded steps: the model before is loaded, then the journal says so, then it takes over.
    /// Until the journal has said so the model that is to be taken back runs on, and no longer than that.
    /// </summary>
    internal sealed class ModelRevert
    {
        private readonly ControlLoop _loop;
        private readonly ModelSlots _slots;
        private readonly ModelUpload _upload;
        private readonly ModelLoader _loader;
        private readonly ModelSwap _swap;
        private bool _isStopped;

        internal ModelRevert(ControlLoop loop, ModelSlots slots, ModelUpload upload, ModelLoader loader, ModelSwap swap)
        {
            _loop = loop;
            _slots = slots;
            _upload = upload;
            _loader = loader;
            _swap = swap;
        }

        /// <summary>Begins to load the model before, beside the one that runs.</summary>
        internal void Begin()
        {
            _isStopped = false;
            _slots.RetryBefore();
            _swap.Load(_slots.BeforeSlot);
        }

        /// <summary>Does one piece.</summary>
        /// <returns>
        /// Working; Ok: the model before runs and is what the next start takes; ModelRefused: the model was taken back but no other
        /// can run, the outputs are safe; StorageFailed or StorageUnknown.
        /// </returns>
        internal RequestStatus Step()
        {
            if (_isStopped)
            {
                return _swap.StepLoad() ? EndStopped() : RequestStatus.Working;
            }

            if (!_loader.Step())
            {
                return RequestStatus.Working;
            }

            bool isShort = _loader.IsShortOfMemory;
            RunningModel next = _swap.TakeLoaded();
            if (next == null && !isShort && _swap.Error != ModelError.OutOfMemory && _slots.BeforeSlot != ModelSlots.Factory)
            {
                // Rotten: the one before that is the factory model.
                _loop.Faults.Add(FaultCode.Model, (int)_swap.Error);
                _slots.SkipBefore();
                _swap.Load(ModelSlots.Factory);
                return RequestStatus.Working;
            }

            RequestStatus status = _upload.Revert();
            if (status != RequestStatus.Ok)
            {
                return status;
            }

            if (next != null)
            {
                _swap.Replace(next);
                return RequestStatus.Ok;
            }

            _isStopped = true;
            _swap.Stop();
            return RequestStatus.Working;
        }

        /// <summary>A model that could not be loaded is taken back as well: the next start must not find it readable again.</summary>
        private RequestStatus EndStopped()
        {
            RequestStatus status = _slots.DropSkipped();
            return _loop.Model == null ? RequestStatus.ModelRefused : status == RequestStatus.Ok ? status : RequestStatus.StorageUnknown;
        }
    }
}
