using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Which model runs: after a start the confirmed one, after an upload the one in test, after a revert the one before. One
    /// takes over from another between two inferences.
    /// </summary>
    internal sealed class ModelSwap
    {
        private readonly ControlLoop _loop;
        private readonly ModelSlots _slots;
        private readonly ModelLoader _loader;
        private readonly ModelLimits _limits;
        private readonly IIdleWork _idleWork;
        private readonly byte[] _factory;

        // While a model is in test, the one to go back to stays in memory with all that runs it: going back must depend neither
        // on flash nor on memory.
        private RunningModel _confirmed;
        private ModelState _confirmedState;

        internal ModelSwap(ControlLoop loop, ModelSlots slots, ModelLoader loader, ModelLimits limits, IIdleWork idleWork, byte[] factoryModel)
        {
            _loop = loop;
            _slots = slots;
            _loader = loader;
            _limits = limits;
            _idleWork = idleWork;
            _factory = factoryModel;
        }

        /// <summary>Which kind of model runs.</summary>
        internal ModelState State { get; private set; }

        /// <summary>Why the last model that was loaded could not run.</summary>
        internal ModelError Error { get; private set; }

        /// <summary>Where, as the error has it.</summary>
        internal int Where { get; private set; }

        /// <summary>Bytes of the heap that the next model may take beside the one that stays meanwhile.</summary>
        internal int HeapLeft
        {
            get
            {
                Model kept = State != ModelState.Test ? _loop.Model : _confirmed == null ? null : _confirmed.Model;
                return ModelMemory.Left(_limits, kept);
            }
        }

        /// <summary>Begins to load the confirmed model, or the factory model when there is none.</summary>
        internal void BeginLoad()
        {
            Load(_slots.ActiveSlot);
        }

        /// <summary>Begins to load a model beside the one that runs.</summary>
        /// <param name="slot">Its slot, or <see cref="ModelSlots.Factory"/>.</param>
        internal void Load(int slot)
        {
            if (slot == ModelSlots.Factory)
            {
                _loader.StartFactory(_factory, HeapLeft);
            }
            else
            {
                _loader.StartConfirmed(slot, HeapLeft);
            }
        }

        /// <summary>Does one piece of loading; at its end the model to work, or on to the next one that might do.</summary>
        /// <returns>True when there is nothing more to load; with no model at all the outputs stay safe.</returns>
        internal bool StepLoad()
        {
            if (!_loader.Step())
            {
                return false;
            }

            RunningModel next = TakeLoaded();
            if (next != null)
            {
                _loop.PutToWork(next);
                State = ActiveState();
                return true;
            }

            _loop.Faults.Add(FaultCode.Model, (int)Error);
            if (_slots.ActiveSlot == ModelSlots.Factory)
            {
                // Without any model the board still answers, so that it can be given one.
                State = ModelState.Factory;
                return true;
            }

            _slots.SkipActive();
            BeginLoad();
            return false;
        }

        /// <summary>What the loader has loaded, ready to run; null when it was refused, and <see cref="Error"/> says why.</summary>
        internal RunningModel TakeLoaded()
        {
            RunningModel next = null;
            Error = _loader.Error;
            Where = _loader.Where;
            try
            {
                if (_loader.Model != null)
                {
                    next = _loop.Prepare(_loader.Model);
                }
            }
            catch (OutOfMemoryException)
            {
                Error = ModelError.OutOfMemory;
            }

            _loader.Clear();
            return next;
        }

        /// <summary>The journal has taken back the model that ran: the one before, which is loaded, takes over.</summary>
        internal void Replace(RunningModel next)
        {
            _loop.PutToWork(next);
            State = ActiveState();
        }

        /// <summary>The journal has taken back the model that runs, and there is no memory for another beside it: it stops, and the outputs are safe.</summary>
        internal void Stop()
        {
            _loop.Stop();
            State = ActiveState();
            BeginLoad();
        }

        /// <summary>Lets an uploaded model run in test.</summary>
        /// <param name="model">A model that has passed its golden vectors.</param>
        /// <returns>False when the memory did not suffice: the model before runs on.</returns>
        internal bool StartTest(Model model)
        {
            RunningModel before = _loop.Running;
            try
            {
                _loop.Use(model);
            }
            catch (OutOfMemoryException)
            {
                return false;
            }

            if (_idleWork != null)
            {
                _idleWork.ModelChanged();
            }

            _confirmed = before;
            _confirmedState = State;
            State = ModelState.Test;
            return true;
        }

        /// <summary>The model in test has been confirmed.</summary>
        internal void KeepTested()
        {
            _confirmed = null;
            State = ModelState.Confirmed;
        }

        /// <summary>Goes back from a model in test, if there is one. It allocates nothing, so it cannot fail.</summary>
        internal void LeaveTest()
        {
            if (State != ModelState.Test)
            {
                return;
            }

            RunningModel back = _confirmed;
            _confirmed = null;
            State = _confirmedState;
            if (back == null)
            {
                _loop.Stop();
            }
            else
            {
                _loop.PutToWork(back);
            }
        }

        private ModelState ActiveState()
        {
            return _slots.ActiveSlot == ModelSlots.Factory ? ModelState.Factory : ModelState.Confirmed;
        }
    }
}
