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

        // While a model is in test, the one to go back to stays in memory: going back must not depend on flash.
        private Model _confirmed;
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

        /// <summary>Bytes of the heap that the next model may take beside the one that stays meanwhile.</summary>
        internal int HeapLeft
        {
            get { return ModelMemory.Left(_limits, State == ModelState.Test ? _confirmed : _loop.Model); }
        }

        /// <summary>Begins to load the confirmed model, or the factory model when there is none.</summary>
        internal void BeginLoad()
        {
            if (_slots.ActiveSlot == ModelSlots.Factory)
            {
                _loader.StartFactory(_factory, HeapLeft);
            }
            else
            {
                _loader.StartActive(HeapLeft);
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

            if (_loader.Model != null)
            {
                _loop.Use(_loader.Model);
                State = _slots.ActiveSlot == ModelSlots.Factory ? ModelState.Factory : ModelState.Confirmed;
                _loader.Clear();
                return true;
            }

            _loop.Faults.Add(FaultCode.Model, (int)_loader.Error);
            if (_slots.ActiveSlot == ModelSlots.Factory)
            {
                // Without any model the board still answers, so that it can be given one.
                return true;
            }

            _slots.SkipActive();
            BeginLoad();
            return false;
        }

        /// <summary>Lets an uploaded model run in test.</summary>
        /// <param name="model">A model that has passed its golden vectors.</param>
        /// <returns>False when the memory did not suffice: the model before runs on.</returns>
        internal bool StartTest(Model model)
        {
            Model before = _loop.Model;
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

        /// <summary>Goes back from a model in test, if there is one.</summary>
        internal void LeaveTest()
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
                _loop.Faults.Add(FaultCode.Model, (int)ModelError.OutOfMemory);
            }
        }
    }
}
