import { LabClient } from '../runner/client';
import { createPage } from './page';

createPage(new LabClient());
