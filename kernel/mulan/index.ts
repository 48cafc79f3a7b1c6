// The library's public names: what `import … from "mulan-notebook"` and the global `mulan` of a cell offer.

export { Clip, type Excerpt, type ReadOptions } from "./audio/clip.ts";
export type { Clips } from "./audio/clips.ts";
export { cutWindows, type Window } from "./audio/cutWindows.ts";
export type { Tags } from "./audio/decode/audioStream.ts";
export { ffmpegPath, setFfmpegPath } from "./audio/ffmpeg/ffmpegPath.ts";
export type { FrontEnd, LogMelFrontEnd } from "./audio/frontEnd.ts";
export { type LogMel, logMel } from "./audio/logMel.ts";
export { type ReadAudioOptions, readAudio } from "./audio/readAudio.ts";
export { resample } from "./audio/resample.ts";
export {
  type Spectrogram,
  type SpectrogramData,
  type SpectrogramOptions,
  spectrogram,
} from "./audio/spectrogram.ts";
export { type Waveform, type WaveformData, waveform } from "./audio/waveform.ts";
export type { WindowPolicy } from "./audio/windowPolicy.ts";
export {
  type CleanedTexts,
  type CleanTextsOptions,
  cleanTexts,
  type JudgedText,
} from "./curation/cleanTexts.ts";
export { type ExcerptOptions, excerpt } from "./curation/excerpt.ts";
export { type Mixed, type MixOptions, mixBatches } from "./curation/mixBatches.ts";
export {
  type MusicFraction,
  type MusicFractionOptions,
  type MusicFractions,
  type MusicWindow,
  musicFraction,
} from "./curation/musicFraction.ts";
export {
  type AudioSetOptions,
  type AudioSetSubset,
  readAudioSet,
} from "./datasets/audioset/readAudioSet.ts";
export type {
  AudioRef,
  CaptionedDataset,
  CaptionedItem,
  Dataset,
  Grouped,
  Playlist,
  PlaylistDataset,
  Split,
  TaggedDataset,
  TaggedItem,
} from "./datasets/dataset.ts";
export { type FolderOptions, readFolders } from "./datasets/folders.ts";
export { type MagnaTagATuneOptions, readMagnaTagATune } from "./datasets/magnaTagATune.ts";
export { type MusicCapsOptions, readMusicCaps } from "./datasets/musicCaps.ts";
export { type MusicClasses, musicClasses } from "./datasets/ontology/musicClasses.ts";
export { musicConcepts } from "./datasets/ontology/musicConcepts.ts";
export type { Ontology, OntologyNode } from "./datasets/ontology/ontology.ts";
export { readOntology } from "./datasets/ontology/readOntology.ts";
export {
  captionedDataset,
  type OwnCaptionedItem,
  type OwnItem,
  type OwnTaggedItem,
  taggedDataset,
} from "./datasets/ownDataset.ts";
export { type PlaylistsOptions, readPlaylists } from "./datasets/playlists/readPlaylists.ts";
export { readSongDescriber, type SongDescriberOptions } from "./datasets/songDescriber.ts";
export { readTable, type TableOptions } from "./datasets/table/readTable.ts";
export type { TableColumns, TableKind } from "./datasets/table/tableColumns.ts";
export {
  type CacheStats,
  cacheStatus,
  EmbeddingCache,
  type EmbeddingCacheOptions,
} from "./embedding/cache.ts";
export {
  type EmbeddingRow,
  Embeddings,
  type EmbeddingsInit,
  type Modality,
  type Neighbour,
} from "./embedding/embeddings.ts";
export { loadEmbeddings, saveEmbeddings } from "./embedding/files/embeddingFiles.ts";
export { type ProjectOptions, project } from "./embedding/projection/project.ts";
export type { Projection } from "./embedding/projection/projection.ts";
export { type Similarity, similarity } from "./embedding/similarity.ts";
export type { ClipSource, EmbeddingSource } from "./embedding/source.ts";
export type { WindowRows } from "./embedding/windowRows.ts";
export { type CompareOptions, compare, type Evaluation } from "./evaluation/comparison/compare.ts";
export {
  type EvaluatedEncoder,
  type EvaluateTripletsOptions,
  evaluateTriplets,
} from "./evaluation/evaluateTriplets.ts";
export type { EvaluatedModel } from "./evaluation/given/asModel.ts";
export { type FixedEmbeddingsInit, fixedEmbeddings } from "./evaluation/given/fixedEmbeddings.ts";
export type { FixedEmbeddings } from "./evaluation/given/fixedModel.ts";
export { lexicalOverlap } from "./evaluation/lexicalOverlap.ts";
export {
  C_GRID,
  type ChooseCOptions,
  type ChosenProbe,
  chooseC,
  type ProbeSplit,
} from "./evaluation/logistic/chooseC.ts";
export { drawFewShot } from "./evaluation/logistic/drawFewShot.ts";
export {
  type FitOptions,
  fitLogistic,
  type LogisticModel,
  logitsOf,
  type ProbeRows,
} from "./evaluation/logistic/fitLogistic.ts";
export { contrastiveLoss, type LossOptions } from "./evaluation/loss/contrastiveLoss.ts";
export { collapseLoss, type LossForm } from "./evaluation/loss/criticLoss.ts";
export type { ContrastiveLoss, FalseNegative } from "./evaluation/loss/lossResult.ts";
export type { PairSide } from "./evaluation/loss/pairs.ts";
export type { Snapshot } from "./evaluation/loss/snapshot.ts";
export {
  collapseTraining,
  continueTraining,
  type TrainHeadsOptions,
  type TrainingStep,
  trainHeads,
} from "./evaluation/loss/trainHeads.ts";
export type { Training } from "./evaluation/loss/training.ts";
export { accuracy, type TripletMeasures, tripletMeasures } from "./evaluation/measures/accuracy.ts";
export { averagePrecision, rocAuc, type Truth } from "./evaluation/measures/binary.ts";
export {
  type BootstrapOptions,
  type Bootstrapped,
  bootstrap,
  pairedBootstrap,
  type Statistic,
} from "./evaluation/measures/bootstrap.ts";
export {
  type BootstrapLabelsOptions,
  bootstrapLabels,
  type ResampledMeasures,
} from "./evaluation/measures/bootstrapLabels.ts";
export {
  type LabelMeasure,
  type LabelSummary,
  labelMeasures,
} from "./evaluation/measures/labelMeasures.ts";
export type { BinaryMeasures } from "./evaluation/measures/rankedLabel.ts";
export {
  meanReciprocalRank,
  medianRank,
  queryMeasures,
  ranksOf,
  recallAt,
} from "./evaluation/measures/ranks.ts";
export {
  type PairedDifferenceOf,
  pairedDifference,
  type Resampled,
} from "./evaluation/measures/resample.ts";
export { type EvaluateProbeOptions, evaluateProbe } from "./evaluation/probe/evaluateProbe.ts";
export type { Quoted } from "./evaluation/quoted.ts";
export type {
  ComparedModel,
  ComparisonReport,
  LabelMeasures,
  Measured,
  MeasureName,
  PairedDifference,
  ProbeReport,
  QueryMeasures,
  Report,
  ReportData,
  ReportItem,
  ReportModel,
  RetrievalReport,
  TaggingReport,
  TripletClusters,
  TripletsReport,
} from "./evaluation/report.ts";
export { loadReport } from "./evaluation/reportFiles/loadReport.ts";
export { saveReport } from "./evaluation/reportFiles/saveReport.ts";
export {
  type EvaluateRetrievalOptions,
  evaluateRetrieval,
} from "./evaluation/retrieval/evaluateRetrieval.ts";
export {
  type EvaluateTaggingOptions,
  evaluateTagging,
} from "./evaluation/tagging/evaluateTagging.ts";
export {
  type TimelineOptions,
  timeline,
  type WindowedTowers,
} from "./evaluation/timeline.ts";
export type { Timeline } from "./evaluation/timelineResult.ts";
export type { TripletEncoder } from "./evaluation/tripletMembers.ts";
export {
  type OntologyTripletsOptions,
  tripletsFromOntology,
} from "./evaluation/tripletSources/fromOntology.ts";
export {
  type PlaylistTripletsOptions,
  tripletsFromPlaylists,
} from "./evaluation/tripletSources/fromPlaylists.ts";
export type { TripletSet } from "./evaluation/tripletSources/tripletSet.ts";
export {
  type TripletMember,
  type TripletRow,
  type TripletsOptions,
  triplets,
} from "./evaluation/triplets.ts";
export type { TripletResult, Triplets } from "./evaluation/tripletsResult.ts";
export type { TwoTowers } from "./evaluation/twoTowers.ts";
export { type ZeroShotOptions, zeroShot } from "./evaluation/zeroShot.ts";
export type { LabelScore, ZeroShot } from "./evaluation/zeroShotResult.ts";
export { type ErrorParts, type Failure, MulanError } from "./foundation/errors.ts";
export { packageVersion } from "./foundation/packageRoot.ts";
export { draftModel, type ModelDraft } from "./model/addModel.ts";
export { type ListedModel, listModels, removeModel } from "./model/catalog.ts";
export type { InstalledCuda } from "./model/cuda/cudaFolder.ts";
export { type CudaOffer, type CudaStatus, cudaOffer, cudaStatus } from "./model/cuda/cudaStatus.ts";
export { type InstallCudaOptions, installCuda, removeCuda } from "./model/cuda/installCuda.ts";
export type { ModelDescription } from "./model/describe.ts";
export { type DeviceRequest, parseDevice } from "./model/device/devices.ts";
export { type DeviceStatus, listDevices } from "./model/device/listDevices.ts";
export { runtimeVersions } from "./model/inference/runtimeVersions.ts";
export type { JointModel } from "./model/jointModel.ts";
export type { LayoutAnswers, OpenQuestion } from "./model/layouts/answers.ts";
export { parseFrontEnd } from "./model/layouts/parseFrontEnd.ts";
export { load } from "./model/load.ts";
export type { LoadOptions } from "./model/loadOptions.ts";
export { measureSpeed, type Speed } from "./model/measureSpeed.ts";
export type { RemoteSource } from "./model/remote/remoteSource.ts";
export {
  loadTextEncoder,
  type TextEncoderOptions,
} from "./model/sentence/loadTextEncoder.ts";
export type { TextPooling } from "./model/sentence/poolTokens.ts";
export type {
  SentenceEncoder,
  TextEncoderDescription,
} from "./model/sentence/sentenceEncoder.ts";
export type { EmbedOptions } from "./model/towers/embedOptions.ts";
export { type Unloaded, unloadModels } from "./model/unloadModels.ts";
