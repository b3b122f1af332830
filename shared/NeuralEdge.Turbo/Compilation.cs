using System;
using NeuralEdge.Models;

namespace NeuralEdge.Turbo
{
    /// <summary>The way of one model after another from a plan to compiled code that its network runs; or to a refusal.</summary>
    internal sealed class Compilation
    {
        private readonly ICodeLoader _loader;
        private readonly TurboGuard _guard;
        private readonly ImageList _images;

        private Model _model;
        private Stage _stage;
        private CodePlan _plan;
        private CompiledImage _image;
        private CodeTransfer _transfer;
        private Trial _trial;

        /// <summary>Makes one that has no model yet.</summary>
        /// <param name="loader">Loads images.</param>
        /// <param name="guard">Remembers that code is about to be loaded; null when nothing has to.</param>
        /// <param name="images">The images since the start.</param>
        internal Compilation(ICodeLoader loader, TurboGuard guard, ImageList images)
        {
            _loader = loader;
            _guard = guard;
            _images = images;
            Refusal = TurboRefusal.NotFast;
        }

        private enum Stage
        {
            Resting,
            Plan,
            Allocate,
            Emit,
            Seal,
            Mark,
            Load,
            Patch,
            ReadBack,
            Try,
            Running,
        }

        /// <summary>Why the model is not compiled.</summary>
        internal TurboRefusal Refusal { get; private set; }

        /// <summary>True when the next step loads an image.</summary>
        internal bool IsLoading
        {
            get { return _stage == Stage.Load; }
        }

        /// <summary>True when the model runs on compiled code, or will run on none.</summary>
        internal bool HasEnded
        {
            get { return _stage == Stage.Resting || _stage == Stage.Running; }
        }

        /// <summary>False when <see cref="Step"/> would change nothing.</summary>
        internal bool HasWork
        {
            get { return _stage == Stage.Running ? !_image.Pass.IsInUse : _stage != Stage.Resting; }
        }

        /// <summary>Bytes of compiled code that the model runs on; 0 when it runs its planned passes.</summary>
        internal int BytesInUse
        {
            get { return _stage == Stage.Running && _image.Pass.IsInUse ? _image.Bytes.Length : 0; }
        }

        /// <summary>Leaves the model before, whose network runs its planned passes again, and begins with another.</summary>
        /// <param name="model">The model, null for none.</param>
        internal void Begin(Model model)
        {
            Forget();
            _model = model;
            if (model == null)
            {
                Refuse(TurboRefusal.NotFast);
                return;
            }

            Refusal = TurboRefusal.None;
            _stage = Stage.Plan;
        }

        /// <summary>Does a bounded piece of the work; never throws.</summary>
        internal void Step()
        {
            try
            {
                Advance();
            }
            catch (OutOfMemoryException)
            {
                Distrust(TurboRefusal.OutOfMemory);
            }
            catch (Exception)
            {
                Distrust(_stage == Stage.Mark || _stage == Stage.Load ? TurboRefusal.Load : TurboRefusal.Failure);
            }
        }

        private void Advance()
        {
            switch (_stage)
            {
                case Stage.Plan:
                    Plan();
                    break;

                case Stage.Allocate:
                    _image = new CompiledImage(_plan);
                    Transfer(CodeTransfer.Write, Stage.Emit);
                    break;

                case Stage.Emit:
                    if (HasTransferred(TurboRefusal.Emission))
                    {
                        _stage = Stage.Seal;
                    }

                    break;

                case Stage.Seal:
                    if (_image.Seal())
                    {
                        _stage = Stage.Mark;
                    }

                    break;

                case Stage.Mark:
                    Mark();
                    break;

                case Stage.Load:
                    Load();
                    break;

                case Stage.Patch:
                    if (HasTransferred(TurboRefusal.ReadBack))
                    {
                        Transfer(CodeTransfer.Compare, Stage.ReadBack);
                    }

                    break;

                case Stage.ReadBack:
                    if (HasTransferred(TurboRefusal.ReadBack))
                    {
                        _image.Pass.Attach(_model.Network, _image.Shape);
                        _trial = new Trial(_model, _image.Pass);
                        _stage = Stage.Try;
                    }

                    break;

                case Stage.Try:
                    Try();
                    break;

                case Stage.Running:
                    // Whoever ran it has gone back to the planned passes when it threw.
                    if (!_image.Pass.IsInUse)
                    {
                        Distrust(TurboRefusal.Failure);
                    }

                    break;
            }
        }

        private void Plan()
        {
            _plan = new CodePlan(_model.Network);
            if (_plan.Refusal != TurboRefusal.None)
            {
                Refuse(_plan.Refusal);
                return;
            }

            CompiledImage image = _images.Find(_plan.Shape);
            if (image != null && image.Pass == null)
            {
                // What was wrong once may be wrong with other weights too.
                Refuse(image.Refusal);
            }
            else if (image != null)
            {
                _image = image;
                Transfer(CodeTransfer.Patch, Stage.Patch);
            }
            else if (_guard != null && !_guard.Allows())
            {
                Refuse(TurboRefusal.Starts);
            }
            else if (_images.Room(_plan) != TurboRefusal.None)
            {
                Refuse(_images.Room(_plan));
            }
            else
            {
                _stage = Stage.Allocate;
            }
        }

        private void Transfer(int what, Stage stage)
        {
            _transfer = new CodeTransfer(_model.Network, _plan, _image, what);
            _stage = stage;
        }

        // Moves a chunk. True when it was the last one and all is well.
        private bool HasTransferred(TurboRefusal otherwise)
        {
            if (!_transfer.Step())
            {
                return false;
            }

            bool failed = _transfer.HasFailed;
            _transfer = null;
            if (failed)
            {
                Distrust(otherwise);
            }

            return !failed;
        }

        private void Mark()
        {
            if (_guard != null)
            {
                _guard.Open();
            }

            _stage = Stage.Load;
        }

        private void Load()
        {
            // Whatever becomes of it, its place and its memory are gone.
            _images.Add(_image, _plan.HeapBytes);
            _image.Pass = _loader.Load(_image.Bytes) as CompiledPass;
            if (_image.Pass == null)
            {
                Distrust(TurboRefusal.Load);
            }
            else
            {
                Transfer(CodeTransfer.Compare, Stage.ReadBack);
            }
        }

        private void Try()
        {
            if (!_trial.Step())
            {
                return;
            }

            if (_trial.HasFailed)
            {
                Distrust(TurboRefusal.Trial);
                return;
            }

            _trial = null;
            _plan = null;
            _image.Pass.Engage();
            _stage = Stage.Running;
        }

        // The image has shown something that cannot be.
        private void Distrust(TurboRefusal why)
        {
            CompiledImage image = _image;
            Refuse(why);
            if (image != null)
            {
                image.Pass = null;
                image.Refusal = why;
            }
        }

        private void Refuse(TurboRefusal why)
        {
            Forget();
            Refusal = why;
            _stage = Stage.Resting;
            if (_guard != null)
            {
                _guard.Close();
            }
        }

        private void Forget()
        {
            if (_image != null && _image.Pass != null)
            {
                _image.Pass.Detach();
            }

            _plan = null;
            _image = null;
            _transfer = null;
            _trial = null;
        }
    }
}
