"""A model file of ours for MLServer: runs an ONNX graph. Settings: `uri` is the graph."""

import numpy as np
import onnxruntime
from mlserver import MLModel, types
from mlserver.codecs import NumpyCodec

DATATYPES = {"tensor(float)": "FP32", "tensor(int64)": "INT64"}


class OnnxRuntime(MLModel):
    async def load(self) -> bool:
        self.session = onnxruntime.InferenceSession(self.settings.parameters.uri, providers=["CPUExecutionProvider"])

        def describe(tensors):
            return [
                types.MetadataTensor(name=t.name, datatype=DATATYPES[t.type], shape=[d if isinstance(d, int) else -1 for d in t.shape])
                for t in tensors
            ]

        self.settings.inputs = describe(self.session.get_inputs())
        self.settings.outputs = describe(self.session.get_outputs())
        self.inputs, self.outputs = self.settings.inputs, self.settings.outputs
        return True

    async def predict(self, payload: types.InferenceRequest) -> types.InferenceResponse:
        feeds = {one.name: NumpyCodec.decode_input(one) for one in payload.inputs}
        names = [one.name for one in payload.outputs] if payload.outputs else [o.name for o in self.session.get_outputs()]
        rows = self.session.run(names, feeds)
        outputs = [
            types.ResponseOutput(name=name, shape=list(row.shape), datatype="FP32", data=row.astype(np.float32).ravel().tolist())
            for name, row in zip(names, rows)
        ]
        return types.InferenceResponse(model_name=self.name, id=payload.id, outputs=outputs)
