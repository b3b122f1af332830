using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// The whole board: one inference for each period, and between two of them the link, in slices that are begun only
    /// while they are expected to end in time.
    /// </summary>
    public sealed class TeachableBoard : IBoardService
    {
        private const int FlushMs = 50;
        private const int CoarseSleepMicroseconds = 20000;
        private const int LinkShareMicroseconds = 20000;
        private const int LinkSharePart = 4;

        // A board without spare time does a step of its idle work in one of as many periods, which that one may be late for.
        private const int PatientPeriods = 8;
        private const uint UnknownCount = 0xFFFFFFFF;

        private readonly BoardParts _parts;
        private readonly BoardSettings _settings;
        private readonly ControlLoop _loop;
        private readonly ModelManager _models;
        private readonly LinkServer _server;
        private readonly SliceBudget _budget = new SliceBudget();
        private readonly SliceBudget _flashBudget = new SliceBudget();
        private readonly SliceBudget _idleBudget = new SliceBudget();
        private readonly ModelQuestion _question = new ModelQuestion();
        private readonly IIdleWork _idleWork;
        private int _refusedInput = -1;
        private long _linkTime;
        private int _waitedPeriods;

        /// <summary>Puts a board together; nothing is read or written yet.</summary>
        /// <param name="parts">The hardware; its outputs are already safe.</param>
        /// <param name="settings">How the board behaves.</param>
        /// <param name="factoryModel">Model file for a board that has no other.</param>
        public TeachableBoard(BoardParts parts, BoardSettings settings, byte[] factoryModel)
        {
            _parts = parts;
            _settings = settings;
            _loop = new ControlLoop(parts, settings);
            _idleWork = parts.IdleWork;
            _models = new ModelManager(_loop, parts, settings, factoryModel);
            _server = new LinkServer(parts.Link, this);
        }

        /// <summary>The loop, for its state and its times.</summary>
        public ControlLoop Loop
        {
            get { return _loop; }
        }

        /// <summary>What the board does in spare time; null on a board that does nothing.</summary>
        public IIdleWork IdleWork
        {
            get { return _idleWork; }
        }

        /// <summary>What the link has seen.</summary>
        public LinkCounters LinkCounters
        {
            get { return _server.Counters; }
        }

        /// <summary>Loads the confirmed model, or the factory model when there is none.</summary>
        public void Start()
        {
            _models.Start();
        }

        /// <summary>Runs for ever. Whatever happens inside ends in safe outputs, a pause and another try, at last a reset.</summary>
        public void Run()
        {
            for (;;)
            {
                try
                {
                    RunOnce();
                }
                catch (Exception)
                {
                    _loop.Fail(FaultCode.Link, 0);
                }
            }
        }

        /// <summary>Serves the link until the next inference is due, then does that inference.</summary>
        public void RunOnce()
        {
            Serve();
            if (_loop.RunPeriod() && _idleWork != null)
            {
                _idleWork.PeriodEnded(_loop.Model);
            }
        }

        int IBoardService.UploadOffset
        {
            get { return _models.UploadOffset; }
        }

        uint IBoardService.UploadCheck
        {
            get { return _models.UploadCheck; }
        }

        int IBoardService.AnswerCount
        {
            get { return _question.AnswerCount; }
        }

        int IBoardService.RefusalCode
        {
            get { return _models.RefusalCode; }
        }

        int IBoardService.RefusalWhere
        {
            get { return _refusedInput >= 0 ? _refusedInput : _models.RefusalWhere; }
        }

        uint IBoardService.ModelDigest
        {
            get { return _loop.Model == null ? 0 : _loop.Model.Digest; }
        }

        int IBoardService.InputCount
        {
            get { return _loop.Model == null ? 0 : _loop.Model.Network.InputCount; }
        }

        int IBoardService.OutputCount
        {
            get { return _loop.Model == null ? 0 : _loop.Model.Network.OutputCount; }
        }

        uint IBoardService.InferenceCount
        {
            get { return _loop.Inferences; }
        }

        void IBoardService.GetInfo(BoardInfo info)
        {
            Model model = _loop.Model;
            info.VersionMajor = _settings.VersionMajor;
            info.VersionMinor = _settings.VersionMinor;
            info.VersionPatch = _settings.VersionPatch;
            info.Name = _settings.Name;
            info.State = _models.State;
            info.Slot = (byte)_models.Slot;
            info.Sequence = _models.Sequence;
            info.Digest = model == null ? 0 : model.Digest;
            info.ModelLength = model == null ? 0 : model.Length;
            info.InputCount = model == null ? 0 : model.Network.InputCount;
            info.OutputCount = model == null ? 0 : model.Network.OutputCount;
            info.MaxModelBytes = _settings.Limits.MaxBytes;
            info.MaxLayers = _settings.Limits.MaxLayers;
            info.MaxWidth = _settings.Limits.MaxWidth;
            info.OutputPins = _settings.Limits.OutputPins;
            info.AdcChannels = _settings.Limits.AdcChannels;
            info.MaxHeapBytes = _settings.Limits.MaxHeapBytes;
            info.HeapLeft = _models.HeapLeft;
            info.PeriodMs = (int)(_loop.Period / 1000);
            info.SampleMicros = _loop.SampleTime.Last;
            info.ForwardMicros = _loop.ForwardTime.Last;
            info.RulesMicros = _loop.RulesTime.Last;
            info.LinkMicros = (int)_linkTime;
            info.UptimeMs = (uint)(_parts.Clock.Microseconds / 1000);
            info.InferenceCount = _loop.Inferences;
            info.LatePeriods = _loop.MissedPeriods;
            info.FaultResets = UnknownCount;
            info.FaultFlags = _loop.FaultFlags;
            info.LastFault = (byte)_loop.Fault;
            info.CompiledBytes = 0;
            info.TurboRefusal = BoardInfo.NoTurbo;
            if (_idleWork != null)
            {
                _idleWork.Report(info, model);
            }
        }

        LinkStatus IBoardService.Begin(int length, uint digest)
        {
            return Models().Begin(length, digest);
        }

        LinkStatus IBoardService.Append(int position, byte[] data, int offset, int count)
        {
            return Models().Append(position, data, offset, count);
        }

        LinkStatus IBoardService.Commit()
        {
            return Models().Commit();
        }

        LinkStatus IBoardService.Confirm()
        {
            return Models().Confirm();
        }

        LinkStatus IBoardService.Revert()
        {
            return Models().Revert();
        }

        LinkStatus IBoardService.Abort()
        {
            return Models().Abort();
        }

        LinkStatus IBoardService.Poll()
        {
            return _models.Poll();
        }

        void IBoardService.Cancel()
        {
            _models.Cancel();
        }

        LinkStatus IBoardService.SetQuestion(int index, int raw)
        {
            LinkStatus status = _question.Set(_loop.Model, index, raw);
            if (status == LinkStatus.InputRange)
            {
                _refusedInput = index;
            }

            return status;
        }

        LinkStatus IBoardService.Ask()
        {
            _question.Put(_loop.Model.Network);
            return LinkStatus.Ok;
        }

        int IBoardService.GetAnswer(int index)
        {
            return _question.GetAnswer(index);
        }

        int IBoardService.GetInput(int index)
        {
            return _loop.Model.Network.GetInput(index);
        }

        int IBoardService.GetOutput(int index)
        {
            return _loop.Model.Network.Outputs[index];
        }

        int IBoardService.GetPin(int index)
        {
            if (_loop.Model.Bindings.Outputs[index].Rule == OutputBinding.RuleNone)
            {
                return LinkProtocol.NoPin;
            }

            return _loop.IsOn(index) ? 1 : 0;
        }

        int IBoardService.ReadModel(int position, byte[] buffer, int offset, int count)
        {
            return _models.ReadModel(position, buffer, offset, count);
        }

        void IBoardService.Reset()
        {
            _parts.Outputs.Latch();
            if (_idleWork != null)
            {
                _idleWork.Resetting();
            }

            _parts.Clock.Sleep(FlushMs);
            _parts.Reset.Reset();
        }

        /// <summary>
        /// Serves the link until an inference is due. The time right after an inference is the link's: however slow the
        /// model or the flash, a board must stay reachable to be given another one. Later in the period a slice is begun,
        /// or a change to flash made, only if it is expected to end in time. Time that is left is the idle work's.
        /// </summary>
        private void Serve()
        {
            _budget.Forget();
            _flashBudget.Forget();
            _idleBudget.Forget();
            long remaining = _loop.Remaining();
            long share = remaining > 0 ? _loop.Period / LinkSharePart : LinkShareMicroseconds;
            if (share > LinkShareMicroseconds)
            {
                share = LinkShareMicroseconds;
            }

            long spent = 0;
            bool served = false;
            bool busy = true;
            bool worked = false;
            do
            {
                // The loop is alive here, however long the period is.
                _parts.Supervisor.Beat();
                bool more = false;
                if (!served || (busy && spent < share) || _budget.Fits(remaining))
                {
                    long begin = _parts.Clock.Microseconds;
                    more = _server.Step(begin / 1000, served ? _flashBudget.Count(remaining) : int.MaxValue);
                    long cost = _parts.Clock.Microseconds - begin;
                    spent += cost;
                    served = true;
                    if (_server.FlashWrites > 0)
                    {
                        _flashBudget.Learn(cost / _server.FlashWrites);
                    }
                    else if (more)
                    {
                        _budget.Learn(cost);
                    }
                }

                busy &= more;
                remaining = _loop.Remaining();
                if (!more && remaining > 0)
                {
                    if (CanWork(remaining))
                    {
                        DoIdleWork();
                        worked = true;
                    }
                    else
                    {
                        // The shortest sleep is a tick of 10 ms on the board: near the end only the turn is passed on.
                        _parts.Clock.Sleep(remaining > CoarseSleepMicroseconds ? 1 : 0);
                    }

                    remaining = _loop.Remaining();
                }
            }
            while (remaining > 0 || (busy && spent < share));
            _linkTime = spent;

            // A board that never has time to spare still gets its work done; compiled code helps it most.
            _waitedPeriods = worked ? 0 : _waitedPeriods + 1;
            if (_waitedPeriods >= PatientPeriods)
            {
                DoIdleWork();
                _waitedPeriods = 0;
            }
        }

        /// <summary>Whether there is idle work, and a step of it is expected to end before the next inference is due.</summary>
        private bool CanWork(long remaining)
        {
            return _idleWork != null
                && _idleWork.HasWork(_loop.Model)
                && _idleBudget.Fits(remaining)
                && (!_idleWork.IsLong || remaining > _loop.Period / 2);
        }

        private void DoIdleWork()
        {
            if (_idleWork != null && _idleWork.HasWork(_loop.Model))
            {
                long begin = _parts.Clock.Microseconds;
                _idleWork.Step(_loop.Model);
                _idleBudget.Learn(_parts.Clock.Microseconds - begin);
            }
        }

        private ModelManager Models()
        {
            _refusedInput = -1;
            return _models;
        }
    }
}
