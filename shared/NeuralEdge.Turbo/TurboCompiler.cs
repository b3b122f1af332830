using System;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Compiles the model that runs, on the board and beside its work: from the verified rows to code in memory that the
    /// platform loads and the network then runs instead of its rows. Each step is a small piece; the model runs on its rows until
    /// the last one, and for good whenever there is any doubt.
    /// </summary>
    /// <remarks>
    /// <para>An image stays loaded until the next start, so there is one for each shape, up to <see cref="MaxImages"/>
    /// and a number of bytes. A model of a shape that has an image gets its constants patched into it: a board can be taught
    /// ten thousand times in the memory of once.</para>
    /// <para>At most one network runs compiled code. It is given its rows back before its image is touched.</para>
    /// </remarks>
    public sealed class TurboCompiler : IIdleWork
    {
        /// <summary>Most shapes from one start to the next. The platform has 64 places for assemblies, its own included.</summary>
        public const int MaxImages = 4;

        private const int CheckedAtOnce = 256;

        private readonly ICodeLoader _loader;
        private readonly int _maxBytes;
        private readonly TurboGuard _guard;
        private readonly CompiledImage[] _images = new CompiledImage[MaxImages];
        private int _imageCount;
        private int _usedBytes;

        private Model _model;
        private Stage _stage;
        private CodePlan _plan;
        private CompiledImage _image;
        private CodeEmitter _emitter;
        private CodeChunk _chunk;
        private ImageChecksum _checksum;
        private uint _check;
        private int _at;
        private Trial _trial;

        /// <summary>Makes a compiler that has compiled nothing.</summary>
        /// <param name="loader">Loads what it has written.</param>
        /// <param name="maxBytes">Most bytes of a board's heap that all images together may take, as <see cref="CodePlan.HeapBytes"/> counts.</param>
        /// <param name="guard">Remembers that code is about to be loaded; null when nothing has to.</param>
        public TurboCompiler(ICodeLoader loader, int maxBytes, TurboGuard guard = null)
        {
            _loader = loader;
            _guard = guard;
            _maxBytes = maxBytes;
            Refusal = TurboRefusal.NotFast;
        }

        /// <summary>Makes the idle work of a board.</summary>
        /// <param name="loader">Loads what it has written; null on a board without turbo.</param>
        /// <param name="maxBytes">Most bytes of a board's heap that all images together may take.</param>
        /// <param name="files">The flash, where code on trial is remembered.</param>
        /// <returns>A compiler, or null without a loader.</returns>
        public static TurboCompiler Open(ICodeLoader loader, int maxBytes, IFileStore files)
        {
            return loader == null ? null : new TurboCompiler(loader, maxBytes, new TurboGuard(files));
        }

        private enum Stage
        {
            Resting,
            Plan,
            Allocate,
            Emit,
            Check,
            Mark,
            Load,
            Patch,
            ReadBack,
            Try,
            Running,
        }

        /// <summary>Why the model of the last step is not compiled.</summary>
        public TurboRefusal Refusal { get; private set; }

        /// <summary>Number of images since the start.</summary>
        public int ImageCount
        {
            get { return _imageCount; }
        }

        /// <summary>Bytes of a board's heap that the images take, as <see cref="CodePlan.HeapBytes"/> counts.</summary>
        public int UsedBytes
        {
            get { return _usedBytes; }
        }

        /// <summary>
        /// True when the next step is one that cannot be made small: the platform reads the whole image, and tells a debugger
        /// about it line by line.
        /// </summary>
        public bool IsLong
        {
            get { return _stage == Stage.Load; }
        }

        /// <summary>Bytes of compiled code that a model runs on.</summary>
        /// <param name="model">The model, may be null.</param>
        /// <returns>0 when it runs on its rows.</returns>
        public int GetBytesInUse(Model model)
        {
            return model != null && model == _model && _stage == Stage.Running && _image.Kernel.IsInUse ? _image.Bytes.Length : 0;
        }

        /// <summary>Whether there is something to do.</summary>
        /// <param name="model">The model that runs, null when there is none.</param>
        /// <returns>False when <see cref="Step"/> would change nothing.</returns>
        public bool HasWork(Model model)
        {
            return model != _model
                || (_guard != null && _guard.IsDue)
                || (_stage == Stage.Running ? !_image.Kernel.IsInUse : _stage != Stage.Resting);
        }

        /// <summary>Does a bounded piece of the work; never throws.</summary>
        /// <param name="model">The model that runs, null when there is none. Another one than before: begins again.</param>
        /// <returns>True when there is more to do for this model.</returns>
        public bool Step(Model model)
        {
            try
            {
                if (model != _model)
                {
                    Begin(model);
                }
                else if (_guard != null && _guard.IsDue)
                {
                    _guard.Remove();
                }
                else
                {
                    Advance();
                }
            }
            catch (OutOfMemoryException)
            {
                Distrust(TurboRefusal.OutOfMemory);
            }
            catch (Exception)
            {
                Distrust(_stage == Stage.Mark || _stage == Stage.Load ? TurboRefusal.Load : TurboRefusal.Failure);
            }

            return _stage != Stage.Resting && _stage != Stage.Running;
        }

        void IIdleWork.PeriodEnded(Model model)
        {
            if (_guard != null && GetBytesInUse(model) > 0)
            {
                _guard.Tick();
            }
        }

        void IIdleWork.ModelChanged()
        {
            if (_guard != null)
            {
                _guard.Forgive();
            }
        }

        void IIdleWork.Resetting()
        {
            if (_guard != null)
            {
                _guard.EndStart();
            }
        }

        void IIdleWork.Report(BoardInfo info, Model model)
        {
            info.CompiledBytes = GetBytesInUse(model);
            info.TurboRefusal = (int)Refusal;
        }

        private void Begin(Model model)
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

        private void Advance()
        {
            switch (_stage)
            {
                case Stage.Plan:
                    Plan();
                    break;

                case Stage.Allocate:
                    _image = new CompiledImage(_plan);
                    StartEmitting(Stage.Emit);
                    break;

                case Stage.Emit:
                case Stage.Patch:
                case Stage.ReadBack:
                    Emit();
                    break;

                case Stage.Check:
                    Check();
                    break;

                case Stage.Mark:
                    Mark();
                    break;

                case Stage.Load:
                    Load();
                    break;

                case Stage.Try:
                    Try();
                    break;

                case Stage.Running:
                    // Whoever ran it has gone back to the rows when it threw.
                    if (!_image.Kernel.IsInUse)
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

            for (int i = 0; i < _imageCount; i++)
            {
                if (!_images[i].Shape.Is(_plan.Shape))
                {
                    continue;
                }

                if (_images[i].Kernel == null)
                {
                    // What was wrong once may be wrong with other weights too.
                    Refuse(_images[i].Refusal);
                    return;
                }

                _image = _images[i];
                StartEmitting(Stage.Patch);
                return;
            }

            if (_guard != null && !_guard.Allows())
            {
                Refuse(TurboRefusal.Starts);
            }
            else if (_imageCount == MaxImages)
            {
                Refuse(TurboRefusal.Images);
            }
            else if (_plan.HeapBytes > _maxBytes - _usedBytes)
            {
                Refuse(TurboRefusal.Budget);
            }
            else
            {
                _stage = Stage.Allocate;
            }
        }

        private void StartEmitting(Stage stage)
        {
            if (_chunk == null)
            {
                _chunk = new CodeChunk();
            }

            _emitter = new CodeEmitter(_model.Network, _plan);
            _at = _image.CodeAt;
            _stage = stage;
        }

        // Writes, patches or compares a chunk.
        private void Emit()
        {
            bool complete = _emitter.Fill(_chunk);
            byte[] bytes = _image.Bytes;
            _at = _stage == Stage.Emit ? _chunk.Write(bytes, _at)
                : _stage == Stage.Patch ? _chunk.Patch(bytes, _at)
                : _chunk.Compare(bytes, _at);
            if (_at < 0 || (complete && _at != _image.CodeAt + _plan.CodeBytes))
            {
                Distrust(_stage == Stage.Emit ? TurboRefusal.Emission : TurboRefusal.ReadBack);
            }
            else if (complete)
            {
                EndEmitting();
            }
        }

        private void EndEmitting()
        {
            if (_stage == Stage.Emit)
            {
                _emitter = null;
                _checksum = new ImageChecksum();
                _check = 0;
                _at = ImageHead.HeaderLength;
                _stage = Stage.Check;
            }
            else if (_stage == Stage.Patch)
            {
                StartEmitting(Stage.ReadBack);
            }
            else
            {
                _emitter = null;
                _chunk = null;
                _image.Kernel.Attach(_model.Network, _image.Shape);
                _trial = new Trial(_model, _image.Kernel);
                _stage = Stage.Try;
            }
        }

        private void Check()
        {
            byte[] bytes = _image.Bytes;
            int to = _at + CheckedAtOnce < bytes.Length ? _at + CheckedAtOnce : bytes.Length;
            _check = _checksum.Add(_check, bytes, _at, to);
            _at = to;
            if (to == bytes.Length)
            {
                _image.Seal(_check, _checksum);
                _checksum = null;
                _stage = Stage.Mark;
            }
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
            _images[_imageCount++] = _image;
            _usedBytes += _plan.HeapBytes;
            _image.Kernel = _loader.Load(_image.Bytes) as CompiledKernel;
            if (_image.Kernel == null)
            {
                Distrust(TurboRefusal.Load);
            }
            else
            {
                StartEmitting(Stage.ReadBack);
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
            _image.Kernel.Engage();
            _stage = Stage.Running;
        }

        // The image has shown something that cannot be.
        private void Distrust(TurboRefusal why)
        {
            CompiledImage image = _image;
            Refuse(why);
            if (image != null)
            {
                image.Kernel = null;
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
            if (_image != null && _image.Kernel != null)
            {
                _image.Kernel.Detach();
            }

            _plan = null;
            _image = null;
            _emitter = null;
            _chunk = null;
            _checksum = null;
            _trial = null;
        }
    }
}
